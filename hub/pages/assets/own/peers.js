// The connections of one seat with each of the others: sound and picture go from browser to browser, and what they need to find
// each other goes through the hub. Both sides may offer at once: then the one with the higher seat gives way.
"use strict";
window.seiraPeers = (own, open, local, tell, show) => {
  const peers = new Map();

  function close(seat) {
    const peer = peers.get(seat);
    if (!peer) return;
    peers.delete(seat);
    peer.connection.close();
  }

  function connect(seat, line) {
    close(seat);
    const connection = new RTCPeerConnection({
      iceServers: open.ice,
      iceTransportPolicy: open.relay ? "relay" : "all",
    });
    const peer = { connection, line, offering: false, ignoring: false, early: [], turn: Promise.resolve(), media: new MediaStream() };
    peers.set(seat, peer);
    for (const kind of ["audio", "video"]) {
      const track = local.getTracks().find((track) => track.kind === kind);
      if (track) connection.addTrack(track, local);
      else connection.addTransceiver(kind, { direction: "recvonly" });
    }
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) tell({ to: seat, kind: "candidate", text: JSON.stringify(candidate) });
    };
    connection.onnegotiationneeded = async () => {
      try {
        peer.offering = true;
        await describe(seat, connection);
      } catch { /* it was closed meanwhile */ } finally {
        peer.offering = false;
      }
    };
    connection.ontrack = ({ track }) => {
      // A stream of its own for each change: a picture that comes after the sound is not seen in the one that was shown.
      const others = peer.media.getTracks().filter((before) => before.kind !== track.kind);
      peer.media = new MediaStream([...others, track]);
      show(seat, peer.media);
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "failed") connection.restartIce();
    };
  }

  // Which of the two it is, the browser alone knows: where an offer came while ours was being made, ours is an answer.
  async function describe(seat, connection) {
    await connection.setLocalDescription();
    const { type, sdp } = connection.localDescription;
    tell({ to: seat, kind: type, text: sdp });
  }

  async function hear(seat, peer, kind, text) {
    const { connection } = peer;
    if (kind === "candidate") {
      const candidate = JSON.parse(text);
      if (!connection.remoteDescription) { peer.early.push(candidate); return; }
      try { await connection.addIceCandidate(candidate); } catch { /* it was of an offer that was given up */ }
      return;
    }
    const collides = kind === "offer" && (peer.offering || connection.signalingState !== "stable");
    peer.ignoring = collides && own < seat;
    if (peer.ignoring) return;
    await connection.setRemoteDescription({ type: kind, sdp: text });
    for (const candidate of peer.early.splice(0)) {
      try { await connection.addIceCandidate(candidate); } catch { /* it was of an offer that was given up */ }
    }
    if (kind === "offer" && connection.signalingState === "have-remote-offer") await describe(seat, connection);
  }

  return {
    // Who sits there, by line: a page that was loaded anew is another one, and is connected anew.
    sit(seats) {
      for (const seat of peers.keys()) if (!seats.some((other) => other.seat === seat)) close(seat);
      for (const { seat, line, here } of seats) {
        if (seat === own || peers.get(seat)?.line === line) continue;
        if (here) connect(seat, line); else close(seat);
      }
    },
    // What another seat sends is taken in its turn; what a page of before sent is late.
    hear({ from, line, kind, text }) {
      const peer = peers.get(from);
      if (!peer || peer.line !== line) return;
      peer.turn = peer.turn.then(() => hear(from, peer, kind, text)).catch(() => { /* the next offer sets it right */ });
    },
    // The line to the hub was away: what was sent meanwhile is lost.
    again() {
      for (const { connection } of peers.values()) if (connection.connectionState !== "connected") connection.restartIce();
    },
    end() {
      for (const seat of [...peers.keys()]) close(seat);
    },
  };
};
