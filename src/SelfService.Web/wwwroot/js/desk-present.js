// Who else is at the ticket, and whether something has happened since the page was loaded: asked for only while somebody looks.
const EVERY = 25_000;

const notice = document.querySelector("[data-present]");
const body = document.getElementById("Body");
const token = document.querySelector("[name=__RequestVerificationToken]");
const who = notice.querySelector("[data-present-who]");
const news = notice.querySelector("[data-present-new]");
const before = body.value;
let wasWriting = false;

async function tell() {
  if (document.hidden) {
    return;
  }

  wasWriting = body.value !== before;
  const answer = await fetch(notice.dataset.present, {
    method: "POST",
    body: new URLSearchParams({ IsWriting: wasWriting, Seen: notice.dataset.seen, __RequestVerificationToken: token.value }),
  }).catch(() => null);
  if (!answer?.ok) {
    return;
  }

  const { others, isNew } = await answer.json();
  who.textContent = others.map(({ name, writing }) => notice.dataset[writing ? "writing" : "here"].replace("{0}", name)).join(" ");
  news.hidden = !isNew;
  notice.hidden = others.length === 0 && !isNew;
}

setInterval(tell, EVERY);
document.addEventListener("visibilitychange", tell);
body.addEventListener("input", () => {
  if (!wasWriting) {
    tell();
  }
});
