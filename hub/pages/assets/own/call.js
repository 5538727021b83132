// A room on its page: waits and opens by itself, shows who is there, and sends what is typed. What the hub says comes by one
// line that it pushes; nothing is asked again and again.
"use strict";
(() => {
  const box = document.querySelector("[data-call]");
  if (!box) return;
  const find = (selector) => box.querySelector(selector);
  const said = (name) => find('[data-says="' + name + '"]').textContent;
  const state = find("[data-state]");
  const seatsList = find("[data-seats]");
  const log = find("[data-log]");
  // This page, for as long as it is loaded: a line that dropped comes back as the same.
  const drawn = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const line = drawn.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  let source = null;
  let clock = null;
  let opens = null;
  let local = new MediaStream();
  let asked = null;
  let peers = null;
  let seats = [];
  let own = null;
  let sending = Promise.resolve();
  let meter = null;
  let ends = null;

  const hubNow = () => clock.now + (performance.now() - clock.at) * clock.speed;

  function only(when) {
    for (const part of box.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== when;
    // What to have ready is of no use inside.
    for (const part of document.querySelectorAll("[data-before]")) part.hidden = when === "open";
  }

  // That a room is about to end is said some minutes before, once a minute and not each second.
  function soon() {
    const left = ends === null || !clock ? Infinity : Math.ceil((ends - hubNow()) / 60000);
    const near = left <= 5 && left > 0 && box.dataset.is !== "over";
    find("[data-soon]").hidden = !near;
    if (near && find("[data-left]").textContent !== String(left)) find("[data-left]").textContent = left;
  }

  function count() {
    soon();
    if (opens === null || !clock) return;
    const left = Math.max(0, Math.ceil((opens - hubNow()) / 1000));
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(left / 3600);
    // For another day the date stands above.
    find("[data-count]").textContent = hours < 24 ? two(hours) + ":" + two(Math.floor(left / 60) % 60) + ":" + two(left % 60) : "";
  }
  setInterval(count, 1000);

  function tell(signal) {
    const body = JSON.stringify({ line, ...signal });
    const headers = { "content-type": "application/json", "x-csrf-token": box.dataset.csrf };
    // One after the other: what is sent first arrives first.
    const send = () => fetch(box.dataset.signals, { method: "POST", headers, body, cache: "no-store" });
    sending = sending.then(send, send);
    return sending.then((answer) => Boolean(answer && answer.ok), () => false);
  }

  // Camera and microphone, asked for once; who gives neither is in the room all the same.
  async function media() {
    asked ??= (async () => {
      const wishes = [{ audio: true, video: { width: { ideal: 640 }, height: { ideal: 480 } } }, { audio: true }, { video: true }];
      for (const wish of wishes) {
        try { return await navigator.mediaDevices.getUserMedia(wish); } catch { /* the next is less */ }
      }
      return new MediaStream();
    })();
    local = await asked;
    for (const what of ["mic", "camera"]) shows(what);
    return local;
  }

  const track = (what) => (what === "mic" ? local.getAudioTracks() : local.getVideoTracks())[0];

  function shows(what) {
    const button = find('[data-do="' + what + '"]');
    const given = track(what);
    button.hidden = !given;
    button.querySelector("[data-on]").hidden = !given?.enabled;
    button.querySelector("[data-off]").hidden = Boolean(given?.enabled);
  }

  async function check() {
    const given = await media();
    const has = given.getTracks().length > 0;
    find("[data-checked]").hidden = !has;
    if (!has) { state.textContent = said("no-media"); return; }
    find("[data-preview]").srcObject = given;
    if (meter || !given.getAudioTracks().length) return;
    const context = new AudioContext();
    const heard = context.createAnalyser();
    context.createMediaStreamSource(given).connect(heard);
    const loud = new Uint8Array(heard.fftSize);
    meter = setInterval(() => {
      heard.getByteTimeDomainData(loud);
      find("[data-level]").value = Math.min(100, loud.reduce((most, one) => Math.max(most, Math.abs(one - 128)), 0));
    }, 200);
  }

  function seatOf(number) {
    return seatsList.querySelector('[data-number="' + number + '"]');
  }

  function play(video) {
    // One that was shown and is another by now plays on with that: only a browser that forbids it needs a press.
    video.play().then(() => null, (error) => { if (error.name === "NotAllowedError") find("[data-sound]").hidden = false; });
  }

  function show(number, stream) {
    const video = seatOf(number)?.querySelector("video");
    if (!video) return;
    if (video.srcObject !== stream) video.srcObject = stream;
    play(video);
  }

  function sit(told) {
    const was = seats;
    own = told.own;
    seats = told.seats;
    for (const seat of seats.filter((seat) => seat.seat !== own)) {
      let item = seatOf(seat.seat);
      if (!item) {
        item = find("template[data-seat]").content.firstElementChild.cloneNode(true);
        item.dataset.number = seat.seat;
        // Oneself comes last, and on a telephone at the foot.
        seatsList.insertBefore(item, find("[data-own]"));
      }
      const name = said(seat.role);
      item.querySelector(".call-name").textContent = seat.here ? name : said("dropped") + " " + name;
      item.querySelector("video").setAttribute("aria-label", name);
      const before = was.find((other) => other.seat === seat.seat);
      if (seat.here && !before?.here) state.textContent = said("came") + " " + name;
      if (!seat.here && before?.here) state.textContent = said("dropped") + " " + name;
    }
    for (const gone of was.filter((before) => !seats.some((seat) => seat.seat === before.seat))) {
      seatOf(gone.seat)?.remove();
      state.textContent = said("went") + " " + said(gone.role);
    }
    find("[data-alone]").hidden = seats.some((seat) => seat.seat !== own && seat.here);
    peers?.sit(seats);
  }

  async function opened(door) {
    const came = box.dataset.is !== "open";
    box.dataset.is = "open";
    if (!came) { peers?.again(); return; }
    only("open");
    state.textContent = said("opened");
    const given = await media();
    if (box.dataset.is !== "open") {
      for (const track of given.getTracks()) track.stop();
      return;
    }
    clearInterval(meter);
    find("[data-self]").srcObject = given;
    find("[data-no-media]").hidden = given.getTracks().length > 0;
    // Who sits where is told behind the door; by now it may have come.
    const begin = () => {
      peers = window.seiraPeers(own, door, given, tell, show);
      peers.sit(seats);
      for (const signal of early.splice(0)) peers.hear(signal);
    };
    if (own !== null) begin(); else whenSeated = begin;
  }
  let whenSeated = null;
  const early = [];

  // Somebody else holds the room: the way there stands on the page while the room is open. Camera and microphone are let go of,
  // for many browsers give them to one page at a time.
  function led(to) {
    clearInterval(meter);
    meter = null;
    for (const given of local.getTracks()) given.stop();
    [local, asked, opens] = [new MediaStream(), null, null];
    find("[data-led]").href = to;
    box.dataset.is = "led";
    only("led");
  }

  // A server that lets in who has its token: its room is shown here, and another once the token is another.
  function within(to) {
    const frame = find("[data-within]");
    if (box.dataset.is === "within" && frame.dataset.to === to) return;
    clearInterval(meter);
    meter = null;
    for (const given of local.getTracks()) given.stop();
    [local, asked, opens] = [new MediaStream(), null, null];
    box.dataset.is = "within";
    only("within");
    frame.dataset.to = to;
    frame.src = to;
  }

  function close(is) {
    find("[data-led]")?.removeAttribute("href");
    find("[data-within]")?.removeAttribute("src");
    ends = null;
    soon();
    source.close();
    peers?.end();
    peers = null;
    for (const item of [...seatsList.querySelectorAll("[data-number]")]) item.remove();
    [seats, own, opens] = [[], null, null];
    for (const given of local.getTracks()) given.stop();
    [local, asked] = [new MediaStream(), null];
    box.dataset.is = is;
    only(is);
  }

  function door(told) {
    ends = told.ends ? Date.parse(told.ends) : null;
    soon();
    if (told.is === "open") { opened(told); return; }
    if (told.is === "waiting") { opens = Date.parse(told.opens); count(); }
    if (told.is === "over") {
      close("over");
      state.textContent = find('[data-over="' + told.why + '"]').textContent;
      // What a clerk may do about a room that is over is another thing.
      if (document.querySelector("[data-desk]")) fetch(location.href, { cache: "no-store" }).then(desk, () => null);
      return;
    }
    if (told.is === "led") { led(told.to); return; }
    if (told.is === "within") { within(told.to); return; }
    if (told.is === "elsewhere") { close("elsewhere"); return; }
    box.dataset.is = told.is;
    only(told.is);
  }

  function wrote(name, text) {
    const entry = document.createElement("p");
    const who = document.createElement("strong");
    who.textContent = name + ": ";
    entry.append(who, text);
    log.append(entry);
    while (log.children.length > 200) log.firstElementChild.remove();
    log.scrollTop = log.scrollHeight;
  }

  function listen() {
    source = new EventSource(box.dataset.line + "?line=" + line);
    const on = (name, act) => source.addEventListener(name, (event) => act(JSON.parse(event.data)));
    on("clock", ({ now, speed }) => {
      clock = { now: Date.parse(now), speed, at: performance.now() };
      if (state.textContent === said("lost")) state.textContent = "";
    });
    on("door", door);
    on("seats", (told) => {
      sit(told);
      if (whenSeated) { whenSeated(); whenSeated = null; }
    });
    on("signal", (told) => {
      if (told.kind === "chat") wrote(said(seats.find((seat) => seat.seat === told.from)?.role ?? "guest"), told.text);
      else if (peers) peers.hear(told);
      else if (early.length < 200) early.push(told);
    });
    source.onerror = () => {
      state.textContent = said("lost");
      // A browser comes again by itself, unless the hub said no: it may be starting.
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
    };
  }

  const does = {
    check,
    sound() {
      find("[data-sound]").hidden = true;
      for (const video of seatsList.querySelectorAll("[data-number] video")) play(video);
    },
    leave() {
      const gone = tell({ kind: "bye" });
      close("left");
      return gone;
    },
    // Who dropped out of the room within comes back by a press, without leaving the page.
    anew() {
      const frame = find("[data-within]");
      frame.src = "about:blank";
      setTimeout(() => { frame.src = frame.dataset.to; }, 0);
    },
    here() {
      box.dataset.is = "";
      listen();
    },
  };
  for (const what of ["mic", "camera"]) does[what] = () => {
    const given = track(what);
    if (given) given.enabled = !given.enabled;
    shows(what);
  };
  box.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name) does[name]();
  });
  find("form[data-chat]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = find("#call-text");
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    if (await tell({ kind: "chat", text })) { wrote(said("you"), text); return; }
    field.value = text;
    state.textContent = said("unsent");
  });

  // What a clerk does about a room leaves the page where it is, and with it the call.
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-keep-room]");
    if (!form) return;
    event.preventDefault();
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
    if (!answer) { state.textContent = said("unsent"); return; }
    await desk(answer);
  });

  async function desk(answer) {
    if (/\/(login|lock)(\?|$)/.test(answer.url)) { location.reload(); return; }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-desk]");
    if (!fresh) { location.reload(); return; }
    document.querySelector("[data-desk]").replaceChildren(...fresh.childNodes);
  }

  listen();
})();
