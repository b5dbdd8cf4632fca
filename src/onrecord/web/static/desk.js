// What the pages do beyond showing: without this script all of it can still be read and sent.
"use strict";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = document.body.dataset.csrf;
});

// A draft that is pasted is read at once.
for (const area of document.querySelectorAll("[data-read-on-paste]")) {
  area.addEventListener("paste", () => {
    if (!area.value.trim()) setTimeout(() => area.value.trim() && area.form.requestSubmit());
  });
}

// The words of a statement and what the margin says of it belong together: to be on one shows the other.
function light(id, on) {
  for (const part of document.querySelectorAll(`[data-s="${id}"], [data-note="${id}"]`)) part.classList.toggle("lit", on);
}
for (const part of document.querySelectorAll("[data-s], [data-note]")) {
  const id = part.dataset.s || part.dataset.note;
  part.addEventListener("mouseenter", () => light(id, true));
  part.addEventListener("mouseleave", () => light(id, false));
  part.addEventListener("focusin", () => light(id, true));
  part.addEventListener("focusout", () => light(id, false));
}

// Files may be dropped where they can be chosen.
for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input[type=file]");
  const over = (on) => (event) => {
    event.preventDefault();
    place.classList.toggle("over", on);
  };
  place.addEventListener("dragover", over(true));
  place.addEventListener("dragleave", over(false));
  place.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

// A check: the article and what was said scroll together, and to choose a quotation on one side shows it on the other.
// The side that the reader is at leads.
(function () {
  const pane = document.querySelector("[data-pane]");
  if (!pane) return;
  const pairs = [...document.querySelectorAll(".pair.begins")].filter((p) => document.getElementById(`said${p.dataset.q}`));
  const passage = (number) => document.getElementById(`said${number}`);
  const apart = () => getComputedStyle(pane).position === "sticky"; // else the pane stands below the article
  let leads = false;
  let chosen = 0; // when a quotation was: the scrolling that follows from it leads nowhere
  pane.addEventListener("pointerenter", () => (leads = true));
  pane.addEventListener("pointerleave", () => (leads = pane.contains(document.activeElement)));
  pane.addEventListener("focusin", () => (leads = true));
  pane.addEventListener("focusout", () => (leads = pane.matches(":hover")));

  function nearest(parts, line) {
    const far = (part) => Math.abs(part.getBoundingClientRect().top - line);
    return parts.reduce((best, part) => (best && far(best) <= far(part) ? best : part), null);
  }
  function show(number) {
    for (const lit of document.querySelectorAll(".pair.lit, .passage.lit")) lit.classList.remove("lit");
    for (const part of document.querySelectorAll(`.pair[data-q="${number}"], .passage[data-passage~="${number}"]`)) part.classList.add("lit");
  }
  const within = (number) => passage(number).getBoundingClientRect().top - pane.getBoundingClientRect().top;
  function follow() {
    const pair = nearest(pairs, innerHeight / 3);
    if (leads || !pair || !apart() || Date.now() - chosen < 300) return;
    show(pair.dataset.q);
    pane.scrollTop += within(pair.dataset.q) - pane.clientHeight / 3;
  }
  function lead() {
    const said = nearest([...pane.querySelectorAll("[data-said]")], pane.getBoundingClientRect().top + pane.clientHeight / 3);
    const pair = said && document.getElementById(`q${said.dataset.said}`);
    if (!leads || !pair || !apart() || Date.now() - chosen < 300) return;
    show(said.dataset.said);
    scrollBy({ top: pair.getBoundingClientRect().top - innerHeight / 3, behavior: "instant" });
  }
  const once = (act) => {
    let due = false;
    return () => {
      if (due) return;
      due = true;
      requestAnimationFrame(() => {
        due = false;
        act();
      });
    };
  };
  addEventListener("scroll", once(follow), { passive: true });
  pane.addEventListener("scroll", once(lead), { passive: true });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#said"], [data-pane] a[href^="#q"]');
    if (!link || !apart()) return; // the address leads there by itself
    event.preventDefault();
    const number = link.hash.replace(/\D/g, "");
    chosen = Date.now();
    show(number);
    if (pane.contains(link)) {
      const top = document.getElementById(`q${number}`).getBoundingClientRect().top;
      scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
    } else pane.scrollTop += within(number) - pane.clientHeight / 3;
    history.replaceState(null, "", link.hash);
  });
})();

// Keys on pages that take judgements: a key does what its button, link or fold does. Not while something is typed, and
// not where the reader has turned them off.
const keysOn = document.querySelector("[data-keys]");
// Within a fold that is open every letter may be the beginning of a name, whatever has the focus there.
const isTyping = (where) => where.closest("textarea, select, input:not([type=radio], [type=checkbox]), .verdict details[open] :is(input, label)");
if (keysOn) {
  keysOn.checked = localStorage.getItem("keys") !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.target.blur();
    if (isTyping(event.target) || !keysOn.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const one = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!one) return;
    event.preventDefault();
    one.click();
    const fold = one.closest("details");
    if (fold?.open) fold.querySelector("textarea, input:checked, input:not([type=hidden])").focus();
  });
}
// The return key in a fold presses the fold's own button.
for (const fold of document.querySelectorAll(".verdict details")) {
  fold.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("textarea, button, summary")) return;
    event.preventDefault();
    fold.querySelector("button").click();
  });
}

// Words that are selected in a text go into the form, with their place in code points; what is typed has no place.
function placeOf(node, offset) {
  const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!line) return null;
  const before = document.createRange();
  before.selectNodeContents(line);
  before.setEnd(node, offset);
  return Number(line.dataset.start) + [...before.toString()].length;
}
for (const text of document.querySelectorAll("[data-select]")) {
  const form = document.getElementById(text.dataset.select);
  const [words, from, to] = ["words", "from", "to"].map((name) => form.querySelector(`[data-${name}]`));
  if (!words) continue;
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (chosen.isCollapsed || !chosen.rangeCount || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    const start = placeOf(range.startContainer, range.startOffset);
    const end = placeOf(range.endContainer, range.endOffset);
    if (start === null || end === null) return;
    words.value = chosen.toString();
    [from.value, to.value] = [start, end];
  });
  words.addEventListener("input", () => { from.value = to.value = ""; });
}

// A text to cite is copied at a press.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    button.textContent = "Copied";
  });
}

// 1, 2 and 3 answer the first question that has no answer yet.
document.addEventListener("keydown", (event) => {
  if (isTyping(event.target) || !keysOn?.checked || event.ctrlKey || event.metaKey || event.altKey || !"123".includes(event.key)) return;
  const open = [...document.querySelectorAll("[data-question]")].find((one) => !one.querySelector(":checked"));
  const answer = open?.querySelectorAll("input")[Number(event.key) - 1];
  if (!answer) return;
  event.preventDefault();
  answer.checked = true;
});
