// Who calls is looked up as soon as her telephone or address stands there.
const form = document.querySelector("[data-call]");
const callers = form.querySelector("[data-callers]");
const name = form.elements.Name;
let asked = "";

form.querySelector("[data-look]").hidden = true;

async function look() {
  const [Phone, Email] = [form.elements.Phone.value.trim(), form.elements.Email.value.trim()];
  if (asked === Phone + " " + Email || (Phone.length < 7 && !Email.includes("@"))) {
    return;
  }

  asked = Phone + " " + Email;
  const answer = await fetch("/agente/nuevo/quien", {
    method: "POST",
    body: new URLSearchParams({ Phone, Email, __RequestVerificationToken: form.elements.__RequestVerificationToken.value }),
  });
  if (answer.ok && asked === form.elements.Phone.value.trim() + " " + form.elements.Email.value.trim()) {
    callers.innerHTML = await answer.text();
    const known = callers.querySelector("[data-name]")?.dataset.name;
    if (known && name.value.trim() === "") {
      name.value = known;
    }
  }
}

for (const field of [form.elements.Phone, form.elements.Email]) {
  field.addEventListener("change", look);
}
