//! The door to a program that speaks: one at a time, silent at once, as loud as asked.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::unbounded;
use vocabulary::Language;
use voice::{Loudness, Mouth, Speaker, Tempo, Utterance};

fn utterance(words: &str) -> Utterance {
    Utterance {
        words: words.to_owned(),
        language: Language::El,
        mouth: Mouth::Headset,
        loudness: Loudness::Usual,
        tempo: Tempo::Usual,
    }
}

/// Waits until something is so; a machine that is busy may take its time.
fn until<T>(what: &str, mut is_so: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = is_so() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}: never");
        thread::yield_now();
    }
}

fn lines(file: &Path) -> Vec<String> {
    fs::read_to_string(file).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// A program that notes its number and what it is given, and then speaks for a minute.
fn long_winded(folder: &Path) -> (Vec<String>, PathBuf, PathBuf) {
    let (said, pids) = (folder.join("said"), folder.join("pids"));
    let script = format!("cat >> {}; echo $$ >> {}; exec sleep 60", said.display(), pids.display());
    (["sh", "-c", &script].map(str::to_owned).to_vec(), said, pids)
}

#[test]
fn k4_a_new_sentence_ends_the_one_before_and_hush_ends_both() {
    let folder = tempfile::tempdir().unwrap();
    let (program, said, pids) = long_winded(folder.path());
    let speaker = Speaker::start(Vec::new(), program, |_| ()).unwrap();
    speaker.say(utterance("ένα"));
    until("the first is said", || (lines(&pids).len() == 1).then_some(()));
    speaker.say(utterance("δύο"));
    until("the second is said", || (lines(&pids).len() == 2).then_some(()));
    let process = |nth: usize| PathBuf::from(format!("/proc/{}", lines(&pids)[nth]));
    until("the first is silent", || (!process(0).exists()).then_some(()));
    assert!(process(1).exists());
    speaker.hush();
    until("the second is silent", || (!process(1).exists()).then_some(()));
    assert_eq!(lines(&said), ["ένα", "δύο"]);
}

#[test]
fn what_goes_to_the_headset_is_not_heard_by_the_room_and_is_in_no_list_of_processes() {
    let folder = tempfile::tempdir().unwrap();
    let (program, said, pids) = long_winded(folder.path());
    let speaker = Speaker::start(program.clone(), Vec::new(), |_| ()).unwrap();
    speaker.say(utterance("μυστικό"));
    let aloud = Utterance { mouth: Mouth::Loudspeaker, ..utterance("φανερό") };
    speaker.say(aloud);
    let pid = until("the room hears", || lines(&pids).first().cloned());
    assert_eq!(lines(&said), ["φανερό"]);
    let arguments = fs::read(format!("/proc/{pid}/cmdline")).unwrap();
    assert!(!String::from_utf8_lossy(&arguments).contains("φανερό"));
    speaker.hush();
}

#[test]
fn a_program_that_cannot_speak_is_told_of_and_one_that_can_again_too() {
    let (tell, told) = unbounded();
    let failed = move |failed| tell.send(failed).unwrap();
    let speaker = Speaker::start(vec!["/no/such/voice".to_owned()], vec!["true".to_owned()], failed).unwrap();
    speaker.say(Utterance { mouth: Mouth::Loudspeaker, ..utterance("α") });
    assert!(told.recv_timeout(Duration::from_secs(60)).unwrap());
    speaker.say(utterance("β"));
    assert!(!told.recv_timeout(Duration::from_secs(60)).unwrap());
    // A kiosk without a voice goes on.
    Speaker::mute().say(utterance("γ"));
}

/// The samples of a WAV file of 16 bits, behind its head.
fn samples(file: &Path) -> Option<Vec<f64>> {
    const HEAD: usize = 44;
    let bytes = fs::read(file).ok().filter(|bytes| bytes.len() > HEAD)?;
    Some(bytes[HEAD..].chunks_exact(2).map(|pair| f64::from(i16::from_le_bytes([pair[0], pair[1]]))).collect())
}

#[test]
fn k9_espeak_ng_spans_eighteen_decibels_with_a_step_at_twelve() {
    let folder = tempfile::tempdir().unwrap();
    let (tell, told) = unbounded();
    let mut loud = Vec::new();
    for loudness in Loudness::ALL {
        let file = folder.path().join(format!("{}.wav", loudness.step()));
        let words = ["espeak-ng", "-v", "{language}", "-s", "{rate}", "-a", "{amplitude}", "-w"];
        let mut program: Vec<String> = words.map(str::to_owned).to_vec();
        program.extend([file.display().to_string(), "--stdin".to_owned()]);
        let tell = tell.clone();
        let speaker = Speaker::start(Vec::new(), program, move |failed| tell.send(failed).unwrap()).unwrap();
        speaker.say(Utterance {
            loudness, ..utterance("Ο αριθμός σας είναι ρο, δεκατέσσερα.")
        });
        assert!(!told.recv_timeout(Duration::from_secs(60)).unwrap(), "espeak-ng is there");
        let samples = samples(&file).unwrap();
        let power = samples.iter().map(|sample| sample * sample).sum::<f64>() / samples.len() as f64;
        loud.push(10.0 * power.log10());
    }
    let above = |at: usize| loud[at] - loud[0];
    assert!(above(3) >= 17.9 && (above(2) - 12.0).abs() < 1.0, "{loud:?}");
    assert!(loud.windows(2).all(|pair| pair[1] > pair[0] + 4.0), "{loud:?}");
}
