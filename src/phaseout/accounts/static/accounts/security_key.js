/* Asks a security key (or the device itself) for its answer, and sends the form with it. */
(() => {
  const form = document.querySelector("form[data-security-key]");
  const data = document.getElementById("js_data");
  if (!form || !data || !window.webauthnJSON) return;
  const options = JSON.parse(data.textContent);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = document.querySelector("[data-key-failed]");
    failed.hidden = true;
    try {
      const answer = form.dataset.securityKey === "create"
        ? await window.webauthnJSON.create(options.creation_options)
        : await window.webauthnJSON.get(options.request_options);
      form.elements.credential.value = JSON.stringify(answer);
      HTMLFormElement.prototype.submit.call(form);
    } catch {
      failed.hidden = false;
    }
  });
})();
