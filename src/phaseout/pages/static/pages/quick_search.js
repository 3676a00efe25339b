/* "/" goes to the quick search, from anywhere but a field one writes in; Escape leaves it. */
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var field = document.getElementById("quick-search"), at = document.activeElement;
    if (!field) { return; }
    if (event.key === "Escape" && at === field) { field.blur(); return; }
    var writing = at && (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName));
    if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
