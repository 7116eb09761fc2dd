// While a safety question has the focus, y answers yes and n answers no; without scripts its buttons do.
// The letters are those on the buttons' aria-keyshortcuts, so that each language has its own.
const asked = document.getElementById("asked");
asked.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.matches("input")) return;
  const button = [...asked.querySelectorAll("button[aria-keyshortcuts]")].find(
    (one) => one.getAttribute("aria-keyshortcuts").toLowerCase() === event.key.toLowerCase(),
  );
  if (button) {
    event.preventDefault();
    button.click();
  }
});
asked.querySelector(".question").focus({ preventScroll: true });
