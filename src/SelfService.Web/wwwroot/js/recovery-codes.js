// Recovery codes: buttons for what a browser does better than a hand.
const list = document.querySelector("[data-codes]");
const status = list?.querySelector("[role=status]");
for (const button of list?.querySelectorAll("[data-action]") ?? []) {
  button.hidden = button.dataset.action === "copy" && !navigator.clipboard;
  button.addEventListener("click", async () => {
    if (button.dataset.action === "print") {
      print();
      return;
    }

    await navigator.clipboard.writeText([...list.querySelectorAll("li")].map((item) => item.textContent.trim()).join("\n"));
    status.textContent = list.dataset.copied;
  });
}
