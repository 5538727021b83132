// The test room: shows what the camera sees and how loud the voice is, and connects this browser with itself, as it would be with
// others. Nothing is sent anywhere.
"use strict";
(() => {
  const box = document.querySelector("[data-test-room]");
  const find = (selector) => box.querySelector(selector);
  const said = (name) => find('[data-says="' + name + '"]').textContent;
  let given = null;
  let meter = null;
  let pair = [];

  function stop() {
    clearInterval(meter);
    for (const track of given?.getTracks() ?? []) track.stop();
    for (const one of pair) one.close();
    [given, meter, pair] = [null, null, []];
  }

  async function ask() {
    for (const wish of [{ audio: true, video: true }, { audio: true }, { video: true }]) {
      try { return await navigator.mediaDevices.getUserMedia(wish); } catch { /* the next is less */ }
    }
    return new MediaStream();
  }

  function measure(stream) {
    const context = new AudioContext();
    const heard = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(heard);
    const loud = new Uint8Array(heard.fftSize);
    meter = setInterval(() => {
      heard.getByteTimeDomainData(loud);
      find("[data-level]").value = Math.min(100, loud.reduce((most, one) => Math.max(most, Math.abs(one - 128)), 0));
    }, 200);
  }

  // The picture that is shown has gone out of this browser and come back into it.
  function connect(stream) {
    return new Promise((done) => {
      const [out, back] = pair = [new RTCPeerConnection(), new RTCPeerConnection()];
      const wait = setTimeout(() => done(false), 10000);
      out.onicecandidate = ({ candidate }) => { if (candidate) back.addIceCandidate(candidate).catch(() => null); };
      back.onicecandidate = ({ candidate }) => { if (candidate) out.addIceCandidate(candidate).catch(() => null); };
      back.ontrack = ({ track, streams }) => { if (track.kind === "video") find("[data-preview]").srcObject = streams[0]; };
      back.onconnectionstatechange = () => {
        if (back.connectionState !== "connected" && back.connectionState !== "failed") return;
        clearTimeout(wait);
        done(back.connectionState === "connected");
      };
      for (const track of stream.getTracks()) out.addTrack(track, stream);
      (async () => {
        await out.setLocalDescription();
        await back.setRemoteDescription(out.localDescription);
        await back.setLocalDescription();
        await out.setRemoteDescription(back.localDescription);
      })().catch(() => done(false));
    });
  }

  find("[data-try]").addEventListener("click", async () => {
    stop();
    find("[data-state]").textContent = "";
    given = await ask();
    const [camera, microphone] = [given.getVideoTracks().length > 0, given.getAudioTracks().length > 0];
    find("[data-tried]").hidden = false;
    find("[data-camera]").textContent = said(camera ? "camera-yes" : "camera-no");
    find("[data-microphone]").textContent = said(microphone ? "microphone-yes" : "microphone-no");
    find("[data-line]").textContent = "";
    if (microphone) measure(given);
    const connected = (camera || microphone) && await connect(given);
    find("[data-line]").textContent = said(connected ? "line-yes" : "line-no");
    find("[data-state]").textContent = [find("[data-camera]"), find("[data-microphone]"), find("[data-line]")].map((one) => one.textContent).join(" ");
  });
  find("[data-stop]").addEventListener("click", () => {
    stop();
    find("[data-tried]").hidden = true;
    find("[data-state]").textContent = said("stopped");
  });
})();
