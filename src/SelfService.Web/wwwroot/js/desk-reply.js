// Answers of the desk: a canned reply goes where the cursor is, and a draft is not lost by leaving the page by mistake.
for (const form of document.querySelectorAll("[data-reply]")) {
  const body = form.querySelector("textarea");
  const choice = form.querySelector("[data-reply-choice]");
  if (choice) {
    choice.hidden = false;
    choice.addEventListener("change", (event) => {
      const text = document.getElementById(event.target.value)?.textContent;
      if (!text) {
        return;
      }

      body.setRangeText(text, body.selectionStart, body.selectionEnd, "end");
      // The first part to fill in is the next thing to do.
      const part = /\*\*\[[^\]\n]*\]\*\*/.exec(body.value);
      body.focus();
      if (part) {
        body.setSelectionRange(part.index, part.index + part[0].length);
      }

      event.target.value = "";
    });
  }

  const before = body.value;
  addEventListener("beforeunload", (event) => {
    if (!form.dataset.sent && body.value !== before) {
      event.preventDefault();
    }
  });
}
