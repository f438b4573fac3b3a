/* Optional: tells figures on hovering or with the keyboard, and switches light and dark. Every page is complete without it. */
(function () {
  "use strict";
  var root = document.documentElement;

  function theme() {
    var place = document.querySelector("[data-theme-label]");
    if (!place) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "theme";
    button.setAttribute("aria-label", place.getAttribute("data-theme-label"));
    button.title = place.getAttribute("data-theme-label");
    function isDark() {
      var set = root.getAttribute("data-theme");
      return set ? set === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    }
    button.addEventListener("click", function () {
      root.setAttribute("data-theme", isDark() ? "light" : "dark");
    });
    place.appendChild(button);
  }

  function tips() {
    var tip = document.createElement("div");
    tip.className = "tip";
    tip.setAttribute("role", "status");
    tip.hidden = true;
    document.body.appendChild(tip);

    function show(mark, x, y) {
      tip.textContent = mark.getAttribute("data-tip");
      tip.hidden = false;
      var box = tip.getBoundingClientRect();
      var left = Math.min(Math.max(8, x - box.width / 2), root.clientWidth - box.width - 8);
      var above = y - box.height - 12;
      tip.style.left = left + "px";
      tip.style.top = (above > 8 ? above : y + 16) + "px";
    }
    function hide() {
      tip.hidden = true;
      var lit = document.querySelector("[data-tip].lit-now");
      if (lit) lit.classList.remove("lit-now");
    }
    function light(mark) {
      hide();
      mark.classList.add("lit-now");
    }
    document.addEventListener("pointermove", function (event) {
      var mark = event.target.closest ? event.target.closest("svg [data-tip]") : null;
      if (!mark) return hide();
      light(mark);
      show(mark, event.clientX, event.clientY);
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") return hide();
      var drawing = document.activeElement;
      if (!drawing || drawing.tagName !== "svg") return;
      var step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      var marks = Array.prototype.slice.call(drawing.querySelectorAll("[data-tip]"));
      if (!marks.length) return;
      event.preventDefault();
      var at = marks.findIndex(function (m) { return m.classList.contains("lit-now"); });
      var mark = marks[(at + step + marks.length) % marks.length];
      light(mark);
      var box = mark.getBoundingClientRect();
      show(mark, box.left + box.width / 2, box.top + Math.min(box.height / 2, 40));
    });
    document.addEventListener("focusout", hide);
    document.querySelectorAll("svg.drawing").forEach(function (drawing) {
      if (drawing.querySelector("[data-tip]")) drawing.setAttribute("tabindex", "0");
      drawing.querySelectorAll("[data-tip] title").forEach(function (title) { title.remove(); });
    });
  }

  /* Where the text stays in view beside the cards, the way back moves the text alone, not the page. */
  function backs() {
    document.addEventListener("click", function (event) {
      var link = event.target.closest ? event.target.closest(".back a") : null;
      var place = link && document.getElementById(link.getAttribute("href").slice(1));
      var text = place && place.closest(".article");
      if (!text || window.getComputedStyle(text.parentElement).position !== "sticky") return;
      event.preventDefault();
      text.scrollTop += place.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
      document.querySelectorAll(".found").forEach(function (found) { found.classList.remove("found"); });
      place.classList.add("found");
      place.focus({ preventScroll: true });
    });
  }

  /* On paper charts, assumptions and grounds are unfolded; a link to what is folded unfolds it. */
  function folds() {
    var unfolded = [];
    window.addEventListener("beforeprint", function () {
      unfolded = Array.prototype.slice.call(document.querySelectorAll("details.on-paper:not([open])"));
      unfolded.forEach(function (fold) { fold.open = true; });
    });
    window.addEventListener("afterprint", function () {
      unfolded.forEach(function (fold) { fold.open = false; });
    });
    function unfold() {
      var place = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
      var fold = place && place.closest("details:not([open])");
      if (!fold) return;
      while (fold) {
        fold.open = true;
        fold = fold.parentElement.closest("details:not([open])");
      }
      place.scrollIntoView();
    }
    window.addEventListener("hashchange", unfold);
    unfold();
  }

  theme();
  tips();
  folds();
  backs();
})();
