//! A kiosk before which somebody stands who hears and has six keys: by what is said they know which screen is there, and
//! its picture is taken without the headset, as everybody else sees it.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tests::{
    device::{DeviceProcess, DeviceSetting, ScannerPort},
    ear::Ear,
    house::House,
    picture::Picture,
    printer::Printer,
    scanner::Scanner,
    screen::Screen,
    wait,
};

use crate::{
    album::PictureFolder,
    labels::{LANGUAGES, Labels},
};

/// How a kiosk hangs, and its size in pixels.
pub const WAYS_TO_HANG: [(&str, (u32, u32)); 2] = [("portrait", (1080, 1920)), ("landscape", (1920, 1080))];

/// A frame that is the same so long is whole.
const STILL: Duration = Duration::from_millis(400);
/// The same at a kiosk, where two frames may follow one another on a machine that draws slowly.
const CALM: Duration = Duration::from_millis(900);
/// No screen is further from the first than so many steps, some of which only wait for a printer.
const STEPS_HOME_MOST: usize = 12;
/// No screen has so many choices.
const CHOICES_MOST: usize = 50;
/// Before it is looked again whether there is a way on.
const PAUSE: Duration = Duration::from_secs(1);

/// The choices that lead home, one step or all the way.
const WAYS_HOME: [&str; 8] = [
    "kiosk-home",
    "kiosk-back",
    "kiosk-done",
    "kiosk-noted",
    "kiosk-help-end",
    "kiosk-call-early-no",
    "kiosk-give-up-no",
    "kiosk-still-there-yes",
];

/// A kiosk with all that hangs on it.
pub struct Stand {
    hangs: &'static str,
    device: DeviceProcess,
    printer: Printer,
    scanner: Scanner,
    album: PictureFolder,
    headset: bool,
}

impl Stand {
    /// Starts one and takes the picture of its pairing code.
    pub fn start(house: &House, hangs: &'static str, size: (u32, u32), album: &PictureFolder) -> Result<Self> {
        let printer = Printer::plug_in(&house.folder(&format!("printer-{hangs}")))?;
        let scanner = Scanner::plug_in()?;
        let port = ScannerPort::Serial(scanner.port());
        let folder = house.folder(&format!("kiosk-{hangs}"));
        let setting = DeviceSetting::kiosk(&folder, &house.hub.base(), size, printer.port(), &port);
        let device = DeviceProcess::start(setting)?;
        let mut stand = Self { hangs, device, printer, scanner, album: album.clone(), headset: false };
        stand.hear(&LANGUAGES[0], "panel-pairing-title")?;
        stand.keep("pairing", &LANGUAGES[0])?;
        stand.device.pair(&house.hub)?;
        Ok(stand)
    }

    /// Upright or lying.
    pub const fn hangs(&self) -> &'static str {
        self.hangs
    }

    /// What prints its tickets.
    pub const fn printer(&self) -> &Printer {
        &self.printer
    }

    /// What it shows.
    pub fn screen(&self) -> Result<&Screen> {
        self.device.screen()
    }

    const fn ear(&self) -> Ear<'_> {
        Ear::at(&self.device)
    }

    /// Puts the headset in, if it is not, and tells what stands on the screen.
    fn listen(&mut self) -> Result<String> {
        if self.headset {
            return self.ear().key("F5", |_| true);
        }
        let begins = in_each("kiosk-speech-on")?;
        self.plug_in(|said| begins.iter().any(|begin| said.starts_with(begin)))
    }

    /// From here on everything is read aloud, also where what was waited for is never said: another step finds it so.
    fn plug_in(&mut self, is_it: impl Fn(&str) -> bool) -> Result<String> {
        let said = self.ear().plugs_in(is_it);
        self.headset = true;
        said
    }

    /// Pulls the headset out, if it is in, and waits until the screen shows so.
    pub fn look_up(&mut self) -> Result<()> {
        if !self.headset {
            return Ok(());
        }
        let before = self.screen()?.picture()?;
        self.ear().pulls_out()?;
        self.headset = false;
        let screen = self.screen()?;
        let shown = || screen.picture().ok().filter(|now| !now.looks_like(&before));
        wait::until("the screen shows that it is no longer read aloud", shown).map(drop)
    }

    /// Waits until a sentence is said.
    pub fn hear(&mut self, labels: &Labels, id: &str) -> Result<()> {
        let words = labels.start_of(id)?;
        if self.headset {
            return self.ear().key("F5", |said| said.contains(&words)).map(drop);
        }
        self.plug_in(|said| said.contains(&words)).map(drop)
    }

    /// Keeps what is on the screen, as it looks to everybody, once it no longer changes.
    pub fn keep(&mut self, name: &str, labels: &Labels) -> Result<()> {
        self.look_up()?;
        self.keep_as_it_is(name, labels)
    }

    /// Keeps it as it is, be it read aloud.
    pub fn keep_as_it_is(&self, name: &str, labels: &Labels) -> Result<()> {
        self.keep_picture(name, labels, &self.calm()?)
    }

    /// What is on its screen, once it no longer changes.
    pub fn calm(&self) -> Result<Picture> {
        still_for(self.screen()?, CALM)
    }

    /// Keeps a picture that was taken of it.
    pub fn keep_picture(&self, name: &str, labels: &Labels, picture: &Picture) -> Result<()> {
        self.album.keep(&format!("kiosk-{}-{name}.{}", self.hangs, labels.tag), picture)
    }

    /// Keeps the ticket that came after so many others; those of both kiosks look the same.
    pub fn keep_ticket(&self, nth: usize, name: &str, labels: &Labels) -> Result<()> {
        if self.hangs != WAYS_TO_HANG[0].0 {
            return Ok(());
        }
        self.album.keep(&format!("ticket-{name}.{}", labels.tag), &self.printer.ticket(nth)?)
    }

    /// Chooses what reads so, and waits for what is said then.
    pub fn choose(&mut self, labels: &Labels, id: &str, next: &str) -> Result<()> {
        self.choose_words(&labels.start_of(id)?, &labels.start_of(next)?)
    }

    /// The same, in words.
    pub fn choose_words(&mut self, words: &str, next: &str) -> Result<()> {
        if !self.headset {
            self.listen()?;
        }
        self.ear().chooses(words, next).map(drop)
    }

    /// Chooses what stands first on a screen on which nothing was read yet.
    pub fn choose_first(&mut self, labels: &Labels, next: &str) -> Result<()> {
        let next = labels.start_of(next)?;
        if !self.headset {
            self.listen()?;
        }
        self.ear().next_choice()?;
        self.ear().takes_it(|said| said.contains(&next)).map(drop)
    }

    /// Goes down to the second choice, and stays on it with the headset in.
    pub fn rest_on_the_second(&mut self) -> Result<()> {
        if !self.headset {
            self.listen()?;
        }
        self.ear().next_choice()?;
        self.ear().next_choice().map(drop)
    }

    /// Holds a code before the scanner, and waits for what is said then.
    pub fn scan(&mut self, labels: &Labels, code: &str, next: &str) -> Result<()> {
        let next = labels.start_of(next)?;
        if !self.headset {
            self.listen()?;
        }
        let (ear, scanner) = (Ear::at(&self.device), &mut self.scanner);
        ear.hears_after(code, || scanner.scan(code, "\r"), |said| said.contains(&next)).map(drop)
    }

    /// Goes to the first screen, from wherever the step before has ended, and turns it to the language; every citizen finds
    /// Greek first.
    pub fn home(&mut self, labels: &Labels) -> Result<()> {
        let mut said = String::new();
        for _ in 0..STEPS_HOME_MOST {
            said = self.listen()?;
            for shown in &LANGUAGES {
                let welcome = shown.start_of("kiosk-welcome")?;
                if said.contains(&welcome) {
                    return self.turn(shown, labels);
                }
            }
            self.step_home()?;
        }
        bail!("no way leads home; at last it was said: {said}")
    }

    /// Turns the first screen from a language to another.
    fn turn(&mut self, shown: &Labels, labels: &Labels) -> Result<()> {
        if shown.tag == labels.tag {
            return Ok(());
        }
        self.choose_words(labels.say("kiosk-language-name")?, &labels.start_of("kiosk-welcome")?)
    }

    /// Takes the first choice that leads homewards; where there is none yet, as while something is printed, it waits a little.
    fn step_home(&self) -> Result<()> {
        let ways = WAYS_HOME.into_iter().map(in_each).collect::<Result<Vec<_>>>()?.concat();
        let ear = self.ear();
        let mut first: Option<String> = None;
        for _ in 0..CHOICES_MOST {
            let choice = ear.next_choice()?;
            if ways.iter().any(|way| choice.starts_with(way)) {
                return ear.takes_it(|_| true).map(drop);
            }
            // Once round is enough.
            if first.as_ref() == Some(&choice) {
                break;
            }
            first.get_or_insert(choice);
        }
        wait::pass(PAUSE);
        Ok(())
    }

    /// The screens that it shows by itself, in both languages, known by a sentence.
    pub fn keep_in_both(&mut self, id: &str, name: &str) -> Result<()> {
        let [first, other] = &LANGUAGES;
        self.hear(first, id)?;
        self.keep(name, first)?;
        self.choose_words(other.say("kiosk-language-name")?, &other.start_of(id)?)?;
        self.keep(name, other)?;
        self.choose_words(first.say("kiosk-language-name")?, &first.start_of(id)?)?;
        self.look_up()
    }
}

/// A sentence in each language, up to the first place that is filled.
fn in_each(id: &str) -> Result<Vec<String>> {
    LANGUAGES.iter().map(|labels| labels.start_of(id)).collect()
}

/// The screen, once it no longer changes.
pub fn still(screen: &Screen) -> Result<Picture> {
    still_for(screen, STILL)
}

fn still_for(screen: &Screen, long: Duration) -> Result<Picture> {
    let mut last = screen.picture()?;
    let mut since = Instant::now();
    wait::until("the screen stands still", || {
        let next = screen.picture().ok()?;
        if !next.looks_like(&last) {
            since = Instant::now();
            last = next;
            return None;
        }
        (since.elapsed() >= long).then_some(())
    })?;
    Ok(last)
}
