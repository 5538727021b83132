// The connections of one seat with each of the others: sound and picture go from browser to browser, and what they need to find
// each other goes through the hub. Of two seats the lower one offers, and the other answers: offers that cross each other leave
// browsers now and then with a connection that neither of them begins.
"use strict";
window.seiraPeers = (own, open, local, tell, show) => {
  const peers = new Map();
  const offers = (seat) => own < seat;

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
    const peer = { connection, line, gives: false, early: [], turn: Promise.resolve(), media: new MediaStream() };
    peers.set(seat, peer);
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) tell({ to: seat, kind: "candidate", text: JSON.stringify(candidate) });
    };
    connection.onnegotiationneeded = () => {
      if (offers(seat)) describe(seat, connection).catch(() => { /* it was closed meanwhile */ });
    };
    connection.ontrack = ({ track }) => {
      // A stream of its own for each change: a picture that comes after the sound is not seen in the one that was shown.
      const others = peer.media.getTracks().filter((before) => before.kind !== track.kind);
      peer.media = new MediaStream([...others, track]);
      show(seat, peer.media);
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "failed") anew(seat, peer);
    };
    if (!offers(seat)) return;
    for (const kind of ["audio", "video"]) {
      const track = local.getTracks().find((track) => track.kind === kind);
      if (track) connection.addTrack(track, local);
      else connection.addTransceiver(kind, { direction: "recvonly" });
    }
  }

  // A way that broke, or words on the way to it that were lost: who offers does so again, and who answers asks for that.
  function anew(seat, { connection }) {
    if (!offers(seat)) tell({ to: seat, kind: "again" });
    else if (connection.signalingState === "have-local-offer") tellOwn(seat, connection);
    else connection.restartIce();
  }

  function tellOwn(seat, connection) {
    const { type, sdp } = connection.localDescription;
    tell({ to: seat, kind: type, text: sdp });
  }

  async function describe(seat, connection) {
    await connection.setLocalDescription();
    tellOwn(seat, connection);
  }

  async function take(peer, candidate) {
    try { await peer.connection.addIceCandidate(candidate); } catch { /* it was of a way that was given up */ }
  }

  async function hear(seat, peer, kind, text) {
    const { connection } = peer;
    if (kind === "again") { anew(seat, peer); return; }
    if (kind === "candidate") {
      const candidate = JSON.parse(text);
      if (connection.remoteDescription) await take(peer, candidate); else peer.early.push(candidate);
      return;
    }
    // Each of the two has its part, and an answer that comes twice is taken once.
    if (offers(seat) ? kind !== "answer" || connection.signalingState !== "have-local-offer" : kind !== "offer") return;
    await connection.setRemoteDescription({ type: kind, sdp: text });
    for (const candidate of peer.early.splice(0)) await take(peer, candidate);
    if (kind !== "offer") return;
    // Who answers gives their own to what is offered.
    if (!peer.gives) for (const track of local.getTracks()) connection.addTrack(track, local);
    peer.gives = true;
    await describe(seat, connection);
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
      for (const [seat, peer] of peers) if (peer.connection.connectionState !== "connected") anew(seat, peer);
    },
    end() {
      for (const seat of [...peers.keys()]) close(seat);
    },
  };
};
