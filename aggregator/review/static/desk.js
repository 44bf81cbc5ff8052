// Keys, selection, dragging and undo. Everything here only presses buttons that are on the page:
// with JavaScript off the same forms do the same things.
"use strict";

(() => {
  document.documentElement.classList.add("scripted");
  const keys = new Map(Object.entries(JSON.parse(document.body.dataset.keys || "{}")));
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const entries = () => all("#entries .entry:not(.leaving)");
  const here = () => $("#entries .entry.here");
  let lastPicked = null;
  let prefix = "";
  let standing = null; // the id of the entry where we are: it survives when the entry is put in anew

  // --- where we are

  function stand(entry, focus = true) {
    all(".entry.here").forEach((other) => other.classList.remove("here"));
    if (!entry) return;
    standing = entry.id;
    entry.classList.add("here");
    if (focus) {
      entry.tabIndex = -1;
      entry.focus({ preventScroll: true });
      const box = entry.getBoundingClientRect();
      if (box.top < 8 || box.bottom > innerHeight - 8) entry.scrollIntoView({ block: box.height > innerHeight ? "start" : "nearest" });
    }
  }

  function step(by) {
    const found = entries();
    const at = found.indexOf(here());
    stand(found[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : found.length - 1) : at + by, 0), found.length - 1)]);
  }

  function neighbour(entry) {
    const found = entries();
    const at = found.indexOf(entry);
    return found[at + 1] || found[at - 1] || null;
  }

  // --- acts

  function press(selector) {
    const button = here() && $(selector, here());
    if (button) button.click();
  }

  function decide(verdict) {
    const entry = here();
    const button = entry && $(`.acts button[value="${verdict}"]`, entry);
    if (!button) return;
    if (staysAfter(verdict)) return button.click();
    const next = neighbour(entry);
    button.click();
    entry.classList.add("leaving");
    stand(next);
  }

  function staysAfter(verdict) {
    const status = $("#entries")?.dataset.status;
    return status === "all" || verdict === "star" || verdict === "unstar";
  }

  function open(what, focus) {
    const details = here() && $(what, here());
    if (!details) return;
    details.open = !details.open;
    if (details.open && focus) $(focus, details)?.focus();
  }

  function undo() {
    const button = $("#toasts [data-undo]");
    const form = button ? button.closest("form") : $("#undo-last");
    if (form) $("button", form).click();
  }

  function pick(range) {
    const entry = here();
    const box = entry && $(".pick input", entry);
    if (!box) return;
    if (range && lastPicked) {
      const found = entries();
      const [from, to] = [found.indexOf(lastPicked), found.indexOf(entry)].sort((a, b) => a - b);
      if (from >= 0) found.slice(from, to + 1).forEach((each) => ($(".pick input", each).checked = true));
    } else {
      box.checked = !box.checked;
    }
    lastPicked = entry;
    count();
  }

  function merge() {
    const bulk = $("#bulk");
    if (bulk && picked().length > 1) return $('button[value="merge"]', bulk).click();
    const link = here() && $("[data-copies]", here());
    if (link) location.assign(link.href);
  }

  const go = (word) => $(`.rooms a[href$="/${word}"]`)?.click();
  const acts = {
    next: () => step(1),
    previous: () => step(-1),
    open: () => open("[data-why]"),
    original: () => here() && $("[data-original]", here())?.click(),
    accept: () => decide("accept"),
    reject: () => decide("reject"),
    later: () => decide("later"),
    star: () => press(".acts .star"),
    edit: () => open("[data-edit]", "[data-first]"),
    merge,
    undo,
    pick: () => pick(false),
    "pick-range": () => pick(true),
    search: () => $("[data-search]")?.focus(),
    help: () => $("#keys-help")?.showModal(),
    "go-desk": () => go("desk"),
    "go-accepted": () => $('[data-tab="accepted"]')?.click(),
    "go-list": () => go("list"),
    "go-coverage": () => go("coverage"),
    "go-history": () => go("history"),
    "go-sources": () => go("sources"),
  };

  const typing = (element) => element.closest("textarea, select, [contenteditable], input:not([type=checkbox])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (typing(event.target)) event.target.blur();
      const details = event.target.closest("details[open]");
      if (details) { details.open = false; $("summary", details)?.focus(); }
      return;
    }
    if (typing(event.target) || $("dialog[open]")) return;
    const key = prefix + event.key;
    prefix = "";
    if (event.key === "g" && [...keys.keys()].some((each) => each.startsWith("g ")) && key === "g") {
      prefix = "g ";
      return;
    }
    const act = acts[keys.get(key)];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // --- selecting many

  const picked = () => all('.entry .pick input:checked');

  function count() {
    const bulk = $("#bulk");
    if (!bulk) return;
    const number = picked().length;
    bulk.classList.toggle("picking", number > 0);
    $("[data-picked]", bulk).textContent = number === 1 ? "1 selected:" : `${number} selected:`;
    const whole = $("[data-pick-all]", bulk);
    whole.checked = number > 0 && number === entries().length;
    whole.indeterminate = number > 0 && !whole.checked;
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) all(".entry .pick input").forEach((box) => (box.checked = event.target.checked));
    if (event.target.matches(".pick input, [data-pick-all]")) count();
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const entry = event.target.closest(".entry");
    if (entry) stand(entry, false);
    all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  document.addEventListener("focusin", (event) => {
    const entry = event.target.closest(".entry");
    if (entry && entry !== here()) stand(entry, false);
  });

  // --- what the server answered

  const wait = new Map();

  document.addEventListener("htmx:beforeRequest", (event) => {
    const entry = event.target.closest(".entry");
    if (entry) wait.set(event.detail.xhr, { id: entry.id });
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const was = wait.get(event.detail.xhr);
    wait.delete(event.detail.xhr);
    const entry = was && document.getElementById(was.id);
    if (entry) entry.classList.remove("leaving");
    if (!event.detail.successful && !$("#toasts .toast.trouble")) say("The server did not answer; nothing was changed. Try again.");
    if (was && !wait.size && $("#entries") && !$("#entries .entry") && !$("#entries .nothing")) refresh();
  });

  new MutationObserver(() => {
    if ($("#entries") && !here() && standing) stand(document.getElementById(standing));
  }).observe($("#main"), { childList: true, subtree: true });

  document.addEventListener("desk-changed", () => refresh());

  function refresh() {
    if (!$("#entries")) return location.reload();
    const at = entries().indexOf(here());
    htmx.ajax("GET", location.pathname + location.search.replace(/([?&])done=\d+&?/, "$1"), {
      target: "#entries", select: "#entries", swap: "outerHTML",
    }).then(() => { count(); if (at >= 0) stand(entries()[Math.min(at, entries().length - 1)]); });
  }

  function say(words) {
    const toast = document.createElement("div");
    toast.className = "toast trouble";
    const text = document.createElement("p");
    text.textContent = words;
    toast.append(text);
    $("#toasts").replaceChildren(toast);
  }

  // A toast goes after ten seconds, unless somebody is at it.
  new MutationObserver(() => {
    const toast = $("#toasts .toast");
    if (toast && !toast.dataset.timed) {
      toast.dataset.timed = "yes";
      const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
      setTimeout(leave, 10000);
    }
  }).observe($("#toasts"), { childList: true });

  // --- dragging within a day on the list page

  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-move]");
    dragged?.classList.add("dragging");
  });
  document.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-move]");
    if (!dragged || !over || over.dataset.day !== dragged.dataset.day) return;
    event.preventDefault();
    all(".over").forEach((each) => each.classList.remove("over"));
    over.classList.add("over");
  });
  document.addEventListener("drop", (event) => {
    const over = event.target.closest("[data-move]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    over.parentNode.insertBefore(dragged, event.clientY > box.top + box.height / 2 ? over.nextSibling : over);
    sendOrder(dragged.dataset.day);
  });
  document.addEventListener("dragend", () => {
    all(".dragging, .over").forEach((each) => each.classList.remove("dragging", "over"));
    dragged = null;
  });

  function sendOrder(day) {
    const form = $("#order");
    all("input[name=subjects]", form).forEach((input) => input.remove());
    all("[data-move]").filter((each) => each.dataset.day === day).forEach((each) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: "subjects", value: each.dataset.move });
      form.append(input);
    });
    form.requestSubmit();
  }

  // Moving by keys keeps the entry under the finger.
  const moved = new URLSearchParams(location.search).get("at");
  if (moved) all("[data-move]").find((each) => each.dataset.move === moved)?.querySelector("button")?.focus();
  if ($("#entries")) stand(entries()[0], false);
  count();
})();
