// The list: an entry is dragged within its day. Its buttons do the same, with JavaScript off too.
"use strict";

(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

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

  // A copy for the clipboard: the export's text, and of the web page its entries with their links as a mail or a
  // document takes them. Only a safe address (https, or this machine) has a clipboard.
  const copy = $("[data-copy]");
  const told = async (name, type) => new Blob([await (await fetch(copy.dataset.from + name)).text()], { type });
  const carried = () => (copy.dataset.copy === "html"
    ? { "text/html": told("fragment", "text/html"), "text/plain": told("text-page", "text/plain") }
    : { "text/plain": told(copy.dataset.copy, "text/plain") });
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const words = await navigator.clipboard.write([new ClipboardItem(carried())]).then(() => "Copied.", () => "It could not be copied; download it instead.");
      const toast = Object.assign(document.createElement("div"), { className: "toast" });
      toast.append(Object.assign(document.createElement("p"), { textContent: words }));
      $("#toasts").replaceChildren(toast);
    });
  }

  // Moving by keys keeps the entry under the finger.
  const asked = new URLSearchParams(location.search);
  const moved = asked.has("at") && all("[data-move]")[Number(asked.get("at"))];
  if (moved) ($(`button[value="${asked.get("to") === "up" ? "up" : "down"}"]:enabled`, moved) || $("button:enabled", moved))?.focus();
})();
