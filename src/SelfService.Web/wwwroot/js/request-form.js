// Forms of requests: what does not apply is not shown, and a long text says how much of it fits. Without this file every
// question is there, with a line that says when to answer it; the server drops what does not apply either way.
const form = document.querySelector("form.request-form");
const parts = [...form.querySelectorAll("[data-show-when]")];

for (const part of parts) {
  part.querySelector("[data-show-line]").hidden = true;
}

// Parts stand below what they depend on, so one pass from the first to the last settles chains too.
function show() {
  for (const part of parts) {
    const { showWhen, showIs } = part.dataset;
    const values = showIs.split(" ");
    part.hidden = ![...form.querySelectorAll(`[name="${showWhen}"]`)].some((control) =>
      !control.closest("[data-show-when][hidden]")
      && (control.tagName === "SELECT" || control.checked)
      && values.includes(control.value));
  }
}

form.addEventListener("change", show);
// A browser that comes back fills in the form after it was read.
addEventListener("pageshow", show);
show();

for (const text of form.querySelectorAll("[data-count]")) {
  const most = text.maxLength;
  const line = document.createElement("p");
  line.className = "field-count";
  text.after(line);
  const format = new Intl.NumberFormat(text.dataset.locale, { useGrouping: "always" });
  const count = () => {
    line.textContent = text.dataset.count.replace("{0}", format.format(text.value.length)).replace("{1}", format.format(most));
  };
  text.addEventListener("input", count);
  count();
}
