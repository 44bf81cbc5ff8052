// What every page has: toasts that go, forms that are sent once, the place in view. All of it can be missed.
"use strict";

(() => {
  const $ = (selector, from = document) => from.querySelector(selector);

  // A toast goes after ten seconds, unless somebody is at it; one that tells of trouble stays until it is closed.
  const leave = (toast) => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000, toast) : toast.remove());
  const time = () => {
    const toast = $("#toasts .toast:not(.trouble)");
    if (!toast || toast.dataset.timed) return;
    toast.dataset.timed = "yes";
    setTimeout(leave, 10000, toast);
  };
  new MutationObserver(time).observe($("#toasts"), { childList: true });
  time();

  document.addEventListener("click", (event) => event.target.closest("[data-close]")?.closest(".toast").remove());

  // What was done is told once, not again on every visit of this address.
  const here = new URL(location);
  ["done", "added"].forEach((word) => here.searchParams.delete(word));
  if (here.search !== location.search) history.replaceState(null, "", here);

  // A form that is on its way is not sent again by a second press. One that htmx sends is its business.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.hasAttribute("aria-busy")) return event.preventDefault();
    form.setAttribute("aria-busy", "true");
    setTimeout(() => form.removeAttribute("aria-busy"), 20000);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy")));

  // On a small screen the places and tabs run out of sight: the one we are at is brought into it.
  document.querySelectorAll(".rooms, .tabs").forEach((bar) => {
    const place = $("[aria-current]", bar);
    if (place) bar.scrollLeft = place.offsetLeft - (bar.clientWidth - place.offsetWidth) / 2;
  });
})();
