/* Leaving fast. Without this file the exit is a plain link; with it
   - the page is replaced, so that “back” does not return to it,
   - Shift, pressed alone three times within five seconds of each other, leaves too,
   - a blank sheet hides the page while the other site loads.
   The behaviour is that of GOV.UK's “Exit this page” (govuk-frontend 6.3); nothing is stored. */
(() => {
  "use strict";
  const TIMES = 3;
  const WITHIN = 5000;
  const place = document.querySelector(".leave");
  if (!place) return;
  const links = document.querySelectorAll("a[data-exit]");
  const words = place.dataset;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  place.prepend(status);
  let presses = 0;
  let shifted = false; // the key before was pressed together with Shift
  let expiry = 0;
  let silence = 0;
  let sheet = null;

  const leave = () => {
    clearTimeout(expiry);
    status.textContent = "";
    document.body.classList.add("gone");
    sheet = document.createElement("div");
    sheet.className = "blank";
    sheet.setAttribute("role", "alert");
    document.body.append(sheet);
    sheet.textContent = words.leaving; // after it is there: then it is read aloud
    location.replace(links[0].href);
  };

  const forget = () => {
    clearTimeout(expiry);
    expiry = 0;
    presses = 0;
    status.textContent = words.over;
    clearTimeout(silence);
    silence = setTimeout(() => { status.textContent = ""; }, WITHIN);
  };

  const count = () => {
    clearTimeout(silence);
    clearTimeout(expiry);
    presses += 1;
    if (presses >= TIMES) {
      presses = 0;
      leave();
      return;
    }
    status.textContent = presses === 1 ? words.two : words.one;
    expiry = setTimeout(forget, WITHIN);
  };

  links.forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  }));

  // Shift with another key makes two events, and the second looks like Shift alone.
  document.addEventListener("keyup", (event) => {
    if (event.key === "Shift" && !shifted) count();
    else if (expiry) forget();
    shifted = event.shiftKey;
  }, true);

  // Some browsers bring the page back as it was left: blank.
  window.addEventListener("pageshow", () => {
    document.body.classList.remove("gone");
    if (sheet) sheet.remove();
    clearTimeout(expiry);
    clearTimeout(silence);
    expiry = silence = presses = 0;
    sheet = null;
    status.textContent = "";
  });
})();
