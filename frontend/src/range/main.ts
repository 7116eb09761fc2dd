/** The camera's island on a test's page: it reads ends that are held, and what it read goes into the form as if typed. */
import { found } from "../player/page";
import { Range, type Told } from "./range";

const offer = document.getElementById("range-offer"), form = document.querySelector<HTMLFormElement>(".measure-form");
if (offer && form) {
  const told = JSON.parse(found("#range-told").textContent!) as Told;
  const look = () => { offer.hidden = new FormData(form).get("method") !== told.method || !navigator.mediaDevices?.getUserMedia; };
  form.addEventListener("change", look);
  look();
  const range = new Range(form, told);
  found("[data-range=open]", offer).addEventListener("click", () => range.open());
}
