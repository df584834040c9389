// Passkeys: the browser makes or shows a key and the form carries its answer. Without support the forms stay hidden, and what says so stays.
const supported = Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.parseRequestOptionsFromJSON);

async function answerOf(form) {
  const token = form.elements.__RequestVerificationToken.value;
  const response = await fetch(`${form.action}?handler=Options`, { method: "POST", body: new URLSearchParams({ __RequestVerificationToken: token }) });
  if (response.redirected) {
    // Who she is was shown too long ago; the page itself leads to where she shows it again.
    location.reload();
    return undefined;
  }

  const options = await response.json();
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

for (const form of supported ? document.querySelectorAll("form[data-passkey]") : []) {
  const button = form.querySelector("button");
  const status = form.querySelector("[role=status]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.hasAttribute("aria-busy")) {
      return;
    }

    button.setAttribute("aria-busy", "true");
    status.textContent = "";
    try {
      const answer = await answerOf(form);
      if (answer) {
        form.elements.Credential.value = JSON.stringify(answer);
        form.submit();
      }
    } catch {
      // Cancelled, too slow, or no key here: the person decides what next.
      status.textContent = form.dataset.failed;
      button.removeAttribute("aria-busy");
    }
  });
}

for (const note of supported ? document.querySelectorAll("[data-passkey-missing]") : []) {
  note.hidden = true;
}
