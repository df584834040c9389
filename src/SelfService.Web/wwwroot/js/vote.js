// The vote answers in place and only then asks for words. Without this file the form leads to a page that does the same.
const ANSWER = { Accept: "application/json" };

for (const block of document.querySelectorAll("[data-vote]")) {
  attach(block);
}

function attach(block) {
  const [question, comment] = block.querySelectorAll("form");
  const said = block.querySelector("[role=status]");

  question.addEventListener("submit", async (event) => {
    const helpful = event.submitter?.value;
    if (!helpful) {
      return;
    }

    event.preventDefault();
    const sent = await send(question, { Helpful: helpful }, event.submitter);
    if (!sent) {
      said.textContent = block.dataset.failed;
      return;
    }

    question.hidden = true;
    comment.hidden = false;
    comment.elements.Helpful.value = helpful;
    for (const label of comment.querySelectorAll("[data-when]")) {
      label.hidden = label.dataset.when !== helpful;
    }

    block.insertBefore(said, comment);
    said.textContent = block.dataset.thanks;
    // The button that had the focus is gone; without this a keyboard would start again at the top of the page.
    comment.elements.Comment.focus({ preventScroll: true });
  });

  comment.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = comment.elements.Comment.value.trim();
    if (text && !(await send(comment, { Helpful: comment.elements.Helpful.value, Comment: text }, event.submitter))) {
      said.textContent = block.dataset.failed;
      return;
    }

    comment.hidden = true;
    said.textContent = block.dataset.thanks;
    said.tabIndex = -1;
    said.focus({ preventScroll: true });
  });
}

async function send(form, fields, button) {
  button?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", headers: ANSWER, body: new URLSearchParams(fields) });
    return response.ok;
  } catch {
    return false;
  } finally {
    button?.removeAttribute("aria-busy");
  }
}
