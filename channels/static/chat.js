// The chat page comes alive: lines arrive without reloading, and no text is lost or sent twice.
// Without this script, or in a browser that lacks something it needs, the page works by reloading.
"use strict";

(function () {
  if (!window.EventSource || !window.fetch || !window.URLSearchParams || !window.crypto) return;

  const byId = (id) => document.getElementById(id);
  const lines = byId("lines");
  const form = byId("write");
  const box = byId("text");
  const empty = byId("empty");
  const waiting = byId("waiting");
  const trouble = byId("trouble");
  const leave = byId("leave");

  const TRY_AGAIN = 3000; // milliseconds, as the others
  const TELL_AFTER = 2000; // a connection that is back by then was not worth a word
  const WAIT_AT_MOST = 20000; // then no answer is promised any more

  let mark = lines.dataset.mark; // how far the page has shown the talk
  let source = null;
  let begun = lines.children.length > 0; // somebody is known here: worth listening
  let patience = 0;
  let telling = 0;
  let sending = false;
  const unsent = []; // oldest first: {text, id, line}

  function tell(text) {
    clearTimeout(telling);
    telling = 0;
    if (trouble.textContent !== text) trouble.textContent = text;
  }

  function tellLater(text) {
    if (!telling && !trouble.textContent) telling = setTimeout(tell, TELL_AFTER, text);
  }

  function wait(yes) {
    clearTimeout(patience);
    waiting.hidden = !yes;
    if (yes) patience = setTimeout(wait, WAIT_AT_MOST, false);
  }

  function atEnd() {
    const page = document.documentElement;
    return page.scrollHeight - window.innerHeight - window.scrollY < 120;
  }

  function toEnd() {
    window.scrollTo(0, document.documentElement.scrollHeight);
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function lineOf(author, text) {
    const line = element("div", "line " + author);
    line.appendChild(element("span", "from", lines.dataset[author]));
    line.appendChild(element("p", "words", text));
    return line;
  }

  function addChoices(line, choices) {
    const row = element("div", "choices");
    choices.forEach((choice) => {
      const button = element("button", "", choice);
      button.type = "button";
      button.dir = "auto";
      row.appendChild(button);
    });
    line.appendChild(row);
  }

  function add(line, before) {
    const follow = atEnd();
    lines.querySelectorAll(".choices").forEach((old) => old.remove());
    lines.insertBefore(line, before || null);
    empty.hidden = true;
    if (follow) toEnd();
  }

  // What comes in.

  function arrived(event) {
    const said = JSON.parse(event.data);
    mark = event.lastEventId;
    begun = true;
    const line = lineOf(said.author, said.text);
    // What is still on its way stays below.
    const ours = lines.querySelector(".sending");
    add(line, ours);
    if (said.author === "survivor") {
      if (ours) ours.remove();
    } else {
      wait(false);
      if (said.choices.length && !unsent.length) addChoices(line, said.choices);
    }
    // Its choices, or the end of waiting, have changed the height.
    if (said.author !== "survivor" && atEnd()) toEnd();
  }

  function startAgain(event) {
    mark = event.lastEventId;
    lines.textContent = "";
    unsent.forEach((item) => lines.appendChild(item.line));
    wait(false);
  }

  function listen() {
    if (source) source.close();
    source = new EventSource("/chat/events" + (mark ? "?after=" + encodeURIComponent(mark) : ""));
    source.addEventListener("line", arrived);
    source.addEventListener("again", startAgain);
    source.onopen = () => {
      if (!unsent.length) tell("");
    };
    source.onerror = () => {
      if (begun) tellLater(trouble.dataset.offline);
      if (source.readyState !== EventSource.CLOSED) return;
      // The server refused: before the first text there is nothing to listen to; later it is ill.
      source = null;
      if (begun) setTimeout(() => source || listen(), TRY_AGAIN);
    };
  }

  // What goes out.

  function later(text) {
    tell(text);
    unsent.forEach((item) => item.line.classList.add("unsent"));
    setTimeout(sendNext, TRY_AGAIN);
  }

  function sendNext() {
    if (sending || !unsent.length) return;
    sending = true;
    const item = unsent[0];
    fetch("/chat/messages", {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ id: item.id, text: item.text }).toString(),
    })
      .then((answer) => {
        sending = false;
        if (!answer.ok) {
          later(answer.status === 429 ? trouble.dataset.tooFast : trouble.dataset.offline);
          return;
        }
        unsent.shift();
        item.line.classList.remove("unsent");
        begun = true;
        tell("");
        wait(true);
        if (!source) listen();
        sendNext();
      })
      .catch(() => {
        sending = false;
        later(trouble.dataset.offline);
      });
  }

  function newId() {
    // Letters of chance: a text that is sent again has the same id, and is written once.
    const bytes = Array.from(crypto.getRandomValues(new Uint8Array(16)));
    return bytes.map((byte) => ("0" + byte.toString(16)).slice(-2)).join("");
  }

  function send(text) {
    if (!text.trim()) return;
    const line = lineOf("survivor", text);
    line.classList.add("sending");
    line.appendChild(element("span", "state", lines.dataset.notSent));
    add(line);
    toEnd();
    unsent.push({ text: text, id: newId(), line: line });
    sendNext();
  }

  function fit() {
    box.style.height = "";
    // One line has its height from the style sheet, as the button beside it.
    if (box.scrollHeight > box.clientHeight) box.style.height = box.scrollHeight + 2 + "px";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(box.value);
    box.value = "";
    fit();
    box.focus();
  });

  box.addEventListener("input", fit);

  box.addEventListener("keydown", (event) => {
    // While letters are being composed, Enter chooses one of them (code 229 in Safari).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.querySelector(".send").click();
  });

  lines.addEventListener("click", (event) => {
    if (!event.target.matches(".choices button")) return;
    event.preventDefault();
    const text = event.target.textContent;
    // The button goes: who came by keyboard stays in the talk.
    lines.focus({ preventScroll: true });
    send(text);
  });

  window.addEventListener("online", () => {
    sendNext();
    if (begun) listen();
  });

  // The way out, at once: empty the page, forget the chat on this device, be somewhere else.

  leave.addEventListener("click", (event) => {
    event.preventDefault();
    if (source) source.close();
    document.body.textContent = "";
    navigator.sendBeacon("/chat/leave");
    window.location.replace(leave.dataset.wayOut);
  });

  window.addEventListener("pageshow", (event) => {
    // A page that comes back from the browser's memory would show what was said.
    if (event.persisted) window.location.reload();
  });

  byId("refresh").hidden = true;
  fit();
  if (begun) toEnd();
  listen();
})();
