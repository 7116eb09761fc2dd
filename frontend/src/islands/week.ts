/** The week page's island: a session is moved by keyboard or drag, and files of runs are dropped. */
import { dragging } from "../week/drag";
import { Moving } from "../week/moving";

const calendar = document.getElementById("calendar");
const sheet = document.getElementById("moving");
if (calendar && sheet instanceof HTMLDialogElement) {
  dragging(calendar, new Moving(calendar, sheet).open);
}

const form = document.getElementById("bring");
const files = document.getElementById("files");
if (form instanceof HTMLFormElement && files instanceof HTMLInputElement) {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    files.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
