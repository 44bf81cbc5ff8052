// The desk's keys, selection and undo, and what the server answers. Everything here only presses buttons
// that are on the page: with JavaScript off the same forms do the same things.
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
      bringIntoView(entry);
    }
  }

  function bringIntoView(entry) {
    const box = entry.getBoundingClientRect();
    if (box.top < 8 || box.bottom > innerHeight - 8) entry.scrollIntoView({ block: box.height > innerHeight ? "start" : "nearest" });
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
    if (details.open) bringIntoView(here());
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
    if (entry) wait.set(event.detail.xhr, { entry, form: event.target, place: entries().indexOf(entry) });
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const was = wait.get(event.detail.xhr);
    wait.delete(event.detail.xhr);
    const entry = was && document.getElementById(was.entry.id);
    if (entry) entry.classList.remove("leaving");
    if (entry && entry !== was.entry) carryOver(was.entry, entry, was.form);
    if (was && !entry && !here()) goOn(was.place);
    if (!event.detail.successful && !$("#toasts .toast.trouble")) say("The server did not answer; nothing was changed. Try again.");
    if (was && !wait.size && $("#entries") && !$("#entries .entry") && !$("#entries .nothing")) refresh();
  });

  // The entry at this place has left: the one that stands there now is next, for the keys and for Tab.
  function goOn(place) {
    const next = entries()[Math.min(Math.max(place, 0), entries().length - 1)];
    stand(next, false);
    if (!next || document.activeElement !== document.body) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }

  new MutationObserver(() => {
    if ($("#entries") && !here() && standing) stand(document.getElementById(standing));
  }).observe($("#main"), { childList: true, subtree: true });

  document.addEventListener("desk-changed", () => refresh());

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-look]")) return;
    event.preventDefault();
    refresh();
  });

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && $("#news")) htmx.trigger("#news", "look");
  });

  document.addEventListener("htmx:afterSettle", () => {
    if ($("[data-look]") && $("#entries .nothing")) refresh();
  });

  async function refresh() {
    if (!$("#entries")) return location.reload();
    const answer = await fetch(location.href).catch(() => null);
    const page = new DOMParser().parseFromString(answer ? await answer.text() : "", "text/html");
    const [old, fresh, at, focused] = [$("#entries"), $("#entries", page), entries().indexOf(here()), document.activeElement];
    if (!fresh) return; // logged out, or no answer: what stands on the page stays, the next act tells why
    const worked = all(".entry", old);
    const kept = worked.map((entry, place) => keepTyped(entry, place, fresh)).filter(Boolean);
    old.replaceWith(fresh);
    htmx.process(fresh);
    worked.forEach((entry) => carryOver(entry, document.getElementById(entry.id), null, focused));
    const still = document.getElementById(standing) || (at >= 0 && entries()[Math.min(at, entries().length - 1)]);
    stand(still, old.contains(focused) && !fresh.contains(document.activeElement));
    ["#tabs", "#summary", "#tally"].forEach((part) => $(part).replaceChildren(...$(part, page).childNodes));
    $("#news [name=known]").value = $("#news [name=known]", page).value;
    $("[data-look]")?.closest("p").remove();
    count();
    kept.forEach((entry) => htmx.ajax("GET", entry.dataset.now, { source: entry, target: entry, swap: "outerHTML" }));
  }

  // --- what somebody typed, chose or opened outlives what others did

  const fields = (entry) => all("textarea, input:not([type=hidden])", entry);
  const formOf = (field) => field.closest("form"); // `field.form` forgets a form elsewhere when it leaves the page
  const nameOf = (field) => `${formOf(field)?.className} ${field.name}`;
  const isText = (field) => field.type !== "checkbox";
  const isTouched = (field) => (isText(field) ? field.value !== field.defaultValue : field.checked !== field.defaultChecked);

  // An entry that left what the page shows stays as long as there is text in it that was not saved.
  function keepTyped(entry, place, fresh) {
    if ($(`[id="${entry.id}"]`, fresh) || !fields(entry).some((field) => isText(field) && isTouched(field))) return;
    const kept = entry.cloneNode(true);
    kept.classList.remove("here", "leaving");
    fresh.insertBefore(kept, all(".entry", fresh)[place] || null);
    return kept;
  }

  function carryOver(old, fresh, sent, focused) {
    if (!fresh) return;
    const opened = all("details", fresh);
    all("details", old).forEach((each, place) => { if (each.open && !each.contains(sent) && opened[place]) opened[place].open = true; });
    fields(old).filter((field) => !sent || formOf(field) !== sent).forEach((field) => {
      const twin = fields(fresh).find((each) => nameOf(each) === nameOf(field));
      if (!twin) return;
      if (isTouched(field)) Object.assign(twin, isText(field) ? { value: field.value } : { checked: field.checked });
      if (field !== focused) return;
      twin.focus({ preventScroll: true });
      if (["textarea", "text", "url"].includes(field.type)) twin.setSelectionRange(field.selectionStart, field.selectionEnd);
    });
  }

  function say(words) {
    const toast = document.createElement("div");
    toast.className = "toast trouble";
    const text = document.createElement("p");
    text.textContent = words;
    const close = Object.assign(document.createElement("button"), { textContent: "Close", type: "button" });
    close.dataset.close = "";
    toast.append(text, close);
    $("#toasts").replaceChildren(toast);
  }

  if ($("#entries")) stand(entries()[0], false);
  count();
})();
