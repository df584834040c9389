// Cart: a piece more or less with one tap. Without this file the number is typed; the server counts either way.
for (const frame of document.querySelectorAll("[data-quantity]")) {
  const input = frame.querySelector("input");
  const buttons = [...frame.querySelectorAll("[data-step]")];
  const most = Number(input.dataset.most);
  const pieces = () => Number.parseInt(input.value, 10) || 1;
  const show = () => {
    for (const button of buttons) {
      const next = pieces() + Number(button.dataset.step);
      button.disabled = next < 1 || next > most;
    }
  };

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      input.value = Math.min(Math.max(pieces() + Number(button.dataset.step), 1), most);
      show();
    });
  }

  input.addEventListener("input", show);
  show();
}
