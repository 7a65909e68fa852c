/* What the desk's pages do beyond htmx: stay live, count in the title, keys, sound, the draft.
   Every page works without it; nothing of a conversation is kept in the browser. */
"use strict";
(() => {
  const at = (selector) => document.querySelector(selector);
  const remembered = (name) => localStorage.getItem("desk-" + name);
  const remember = (name, value) => localStorage.setItem("desk-" + name, value);

  /* ---- Live: events from the server, else looking again every few seconds ---- */

  const live = at("#live");
  const poll = at("#poll");
  const POLL_MS = 3000;
  let connected = false;
  let loggedOut = false;

  function sayLiveness() {
    const box = at("#liveness");
    if (!live || !box) return;
    box.hidden = false;
    box.dataset.live = connected ? "yes" : "no";
    const text = connected ? "● Live" : "○ Reconnecting";
    if (box.textContent !== text) box.textContent = text;
  }

  function say(text) {
    const notice = at("#notice");
    notice.textContent = text;
    notice.hidden = false;
  }

  function sayLoggedOut() {
    loggedOut = true;
    connected = false;
    say("You have been logged out. Copy your draft if you need it, then ");
    const link = document.createElement("a");
    link.href = "/desk/login";
    link.textContent = "log in again";
    at("#notice").append(link, ".");
  }

  function seen(number) {
    if (!poll || !number) return;
    poll.dataset.seen = number;
    // A connection that htmx makes anew begins where the page is.
    live.setAttribute("sse-connect", live.getAttribute("sse-connect").replace(/after=.*$/, "after=" + number));
  }

  if (live && !window.EventSource) live.removeAttribute("sse-connect");
  if (live) {
    document.addEventListener("htmx:sseOpen", () => { connected = true; sayLiveness(); });
    document.addEventListener("htmx:sseError", () => { connected = false; });
    document.addEventListener("htmx:sseClose", (event) => {
      connected = false;
      if (event.detail.type === "message") sayLoggedOut();
    });
    document.addEventListener("htmx:sseMessage", (event) => seen(event.detail.lastEventId));
    setInterval(() => {
      sayLiveness();
      if (!connected && !loggedOut) htmx.trigger(poll, "poll");
    }, POLL_MS);
  }
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target === poll && poll.dataset.seen) event.detail.parameters.after = poll.dataset.seen;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target === poll && event.detail.successful) seen(event.detail.xhr.getResponseHeader("X-Seen"));
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    if (status === 401) sayLoggedOut();
    else if (event.target !== poll) say(status < 500 ? responseText : "That did not work, and nothing was changed. Try again.");
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (event.target !== poll) say("The desk cannot be reached. Your draft is still here; try again in a moment.");
  });
  document.body.addEventListener("answered", () => {
    at("#notice").hidden = true;
    at("#answer").focus();
    if (live && !connected) htmx.trigger(poll, "poll");
  });

  /* Whichever way a line comes, and however often: it is shown once. What has not changed is not
     put in again, so that a screen reader does not say it again. */
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (target.id === "state" && target.textContent.trim() === fragment.textContent.trim()) {
      event.detail.shouldSwap = false;
    }
    if (target.id !== "lines") return;
    followed = nearEnd();
    for (const line of fragment.querySelectorAll("li[id]")) {
      if (document.getElementById(line.id)) line.remove();
    }
  });

  /* ---- The transcript stays at its end while one reads there ---- */

  let followed = true;
  const scroller = at(".scroller");
  // On wide pages the transcript scrolls in its column, on narrow ones with the page.
  const inColumn = () => matchMedia("(min-width: 1100px)").matches;
  const moving = () => (inColumn() ? scroller : document.scrollingElement);
  const nearEnd = () => moving().scrollHeight - moving().scrollTop - moving().clientHeight < 80;
  function toEnd() {
    if (!scroller || !scroller.checkVisibility()) return;
    moving().scrollTop = moving().scrollHeight;
    const newer = at("#newer");
    if (newer) newer.hidden = true;
  }
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "lines") {
      if (followed) toEnd();
      else at("#newer").hidden = false;
    }
    if (target.id === "queue-live") queueChanged();
    if (target.id === "state" && target.querySelector(".danger")) chime(true);
    tick();
  });
  if (scroller) {
    toEnd();
    const reached = () => {
      followed = nearEnd();
      if (followed && at("#newer")) at("#newer").hidden = true;
    };
    scroller.addEventListener("scroll", reached);
    addEventListener("scroll", reached);
    at("#newer button").addEventListener("click", toEnd);
  }

  /* ---- Title and sound ---- */

  const plainTitle = document.title.replace(/^\(.*?\) /, "");
  let wasWaiting = Number(at("#waiting")?.dataset.waiting || 0);
  function queueChanged() {
    const { waiting, danger } = at("#waiting").dataset;
    const count = Number(waiting);
    document.title = (count ? "(" + count + (danger === "yes" ? ", danger" : "") + ") " : "") + plainTitle;
    if (count > wasWaiting) chime(danger === "yes");
    if (count !== wasWaiting) at("#announce").textContent = at("#waiting").textContent + (danger === "yes" ? ", danger" : "");
    wasWaiting = count;
  }

  const sound = at("#sound");
  let audio = null;
  const soundOn = () => remembered("sound") === "on";
  function chime(danger) {
    if (!soundOn() || !window.AudioContext) return;
    audio = audio || new AudioContext();
    const notes = danger ? [660, 660, 660] : [440, 554];
    notes.forEach((pitch, index) => {
      const begin = audio.currentTime + index * 0.18;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(0.08, begin + 0.02);
      volume.gain.linearRampToValueAtTime(0, begin + 0.16);
      tone.connect(volume).connect(audio.destination);
      tone.start(begin);
      tone.stop(begin + 0.17);
    });
  }
  function showSwitch(button, name, on) {
    button.hidden = false;
    button.textContent = name + ": " + (on ? "on" : "off");
    button.setAttribute("aria-pressed", String(on));
  }
  if (sound) {
    showSwitch(sound, "Sound", soundOn());
    sound.addEventListener("click", () => {
      remember("sound", soundOn() ? "off" : "on");
      showSwitch(sound, "Sound", soundOn());
      chime(false);
    });
  }

  /* ---- Relative times, counted as the server counts them ---- */

  function ago(seconds) {
    const minutes = Math.floor(Math.max(0, seconds) / 60);
    if (minutes < 1) return "now";
    if (minutes < 60) return minutes + " min";
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return hours + " h" + (minutes % 60 ? " " + (minutes % 60) + " min" : "");
    const days = Math.floor(hours / 24);
    return days === 1 ? "1 day" : days + " days";
  }
  function tick() {
    for (const time of document.querySelectorAll("time[datetime]")) {
      const text = ago((Date.now() - Date.parse(time.dateTime)) / 1000);
      const shown = text === "now" ? text : text + time.dataset.suffix;
      if (time.textContent !== shown) time.textContent = shown;
    }
  }
  setInterval(tick, 20000);

  /* ---- A partner's facts go where the cursor is ---- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.insert");
    if (!button || !at("#answer")) return;
    event.preventDefault();
    const box = at("#answer");
    const before = box.value.slice(0, box.selectionStart);
    const gap = before && !/\s$/.test(before) ? "\n" : "";
    location.hash = "answer";
    box.focus();
    box.setRangeText(gap + button.dataset.facts, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });

  /* ---- Keys ---- */

  const keysSwitch = at("#keys-switch");
  const keysOn = () => remembered("keys") !== "off";
  if (keysSwitch) {
    showSwitch(keysSwitch, "Keys", keysOn());
    keysSwitch.addEventListener("click", () => {
      remember("keys", keysOn() ? "off" : "on");
      showSwitch(keysSwitch, "Keys", keysOn());
    });
  }

  function nextOfMine() {
    const links = [...document.querySelectorAll("a.mine")];
    const here = links.findIndex((link) => link.hasAttribute("aria-current"));
    return links[(here + 1) % links.length];
  }

  /* On narrow pages a field may lie in a part that is not shown: go there first. */
  function reach(element) {
    if (!element.matches("input, textarea, select")) return element.click();
    const part = element.closest("section.column");
    if (part && !element.checkVisibility()) location.hash = part.id;
    element.focus();
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "answer") {
      event.preventDefault();
      event.target.form.requestSubmit(at("#send"));
    } else if (event.key === "Escape") {
      at("#keys")?.removeAttribute("open");
      document.activeElement.blur();
    } else if (!typing && keysOn() && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat) {
      const element = event.key === "n" ? nextOfMine() : at('[data-key="' + CSS.escape(event.key) + '"]');
      if (element) {
        event.preventDefault();
        reach(element);
      }
    }
  });

  /* ---- Tabs of narrow pages: say which one is shown ---- */

  function markTab() {
    for (const tab of document.querySelectorAll(".tabs a")) {
      const shown = document.getElementById(tab.hash.slice(1)).checkVisibility();
      if (shown) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
  }
  addEventListener("hashchange", () => { markTab(); if (location.hash === "#talk" || location.hash === "#answer") toEnd(); });
  addEventListener("resize", () => { if (followed) toEnd(); markTab(); });
  markTab();
  sayLiveness();
  tick();
})();
