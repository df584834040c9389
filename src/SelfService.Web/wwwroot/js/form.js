// Forms: the summary of errors is read first, a password can be seen, and a form is sent once.
document.querySelector("[data-error-summary]")?.focus();

for (const frame of document.querySelectorAll("[data-password]")) {
  const input = frame.querySelector("input");
  const button = frame.querySelector("button");
  const { show, hide } = frame.dataset;
  button.hidden = false;
  button.addEventListener("click", () => {
    const seen = input.type === "password";
    input.type = seen ? "text" : "password";
    button.setAttribute("aria-pressed", String(seen));
    button.querySelector("span").textContent = seen ? hide : show;
  });
  // A browser remembers passwords, not words that were visible when the form left.
  frame.closest("form").addEventListener("submit", () => { input.type = "password"; });
}

for (const form of document.querySelectorAll("form.form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }

    form.dataset.sent = "true";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // Coming back with the browser's own button shows the form as it was left.
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  });
}
