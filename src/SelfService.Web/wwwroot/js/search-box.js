// Every search box is a combobox. What hangs under it is loaded when somebody first enters a box: most pages are read
// without searching again. Without this file, or on a bad line, the form is an ordinary search.
import { rememberSearch } from "./recent-searches.js";

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.elements.q;
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-haspopup": "listbox" })) {
    input.setAttribute(name, value);
  }

  form.addEventListener("submit", () => rememberSearch(input.value));
  const load = () => import("./suggestion-box.js").then(({ attach }) => attach(form), wait);
  if (document.activeElement === input) {
    load();
  } else {
    wait();
  }

  function wait() {
    input.addEventListener("focus", load, { once: true });
  }
}
