// A record on the spot: saved as a draft while it is filled in; on the device where there is no
// network. Without this script the two buttons at the end of the form do the same.
"use strict";

(() => {
  const form = document.getElementById("record");
  if (!form) return;
  const note = form.querySelector(".saved-note");
  const place = `phaseout.inspection.${form.dataset.visit}`;
  const LEFT_OUT = new Set(["csrfmiddlewaretoken", "files", "remove", "signature", "do"]);
  let dirty = false;

  const fields = () =>
    [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === "string");

  const keepHere = () => {
    try {
      localStorage.setItem(place, JSON.stringify({ at: Date.now() / 1000, fields: fields() }));
    } catch { /* a full or closed store: the draft on the server remains */ }
  };

  const restore = () => {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(place)); } catch { return; }
    if (!kept || kept.at <= Number(form.dataset.saved)) return;
    for (const [name, value] of kept.fields) {
      for (const field of form.elements) {
        if (field.name !== name || field.type === "file") continue;
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      }
    }
    note.textContent = form.dataset.restored;
    dirty = true;
  };

  const save = async () => {
    if (!dirty) return;
    dirty = false;
    const body = new FormData(form);
    for (const name of ["files", "signature", "remove"]) body.delete(name);
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST", body, headers: { Accept: "application/json" },
      });
      // Signed out: the answer is the sign-in page, or the form's token is of an earlier sign-in.
      if (answer.redirected || answer.status === 403) {
        dirty = true;
        keepHere();
        note.textContent = form.dataset.signedOut;
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const now = new Date();
      note.textContent = `${form.dataset.kept} ${now.toTimeString().slice(0, 5)}`;
      form.dataset.saved = String(now.getTime() / 1000);
    } catch {
      dirty = true;
      note.textContent = form.dataset.here;
    }
  };

  form.addEventListener("input", () => { dirty = true; keepHere(); });
  form.addEventListener("submit", (event) => {
    keepHere();
    if (!navigator.onLine) {
      event.preventDefault();
      note.textContent = form.dataset.here;
      note.scrollIntoView();
    }
  });
  window.addEventListener("online", save);
  setInterval(save, 10000);
  restore();
})();
