/** The camera's island on a test's page: it reads ends that are held, into the form as if typed. */
import { readByCamera } from "../contract/test";
import { Range } from "../measure/range";
import { found } from "../page/parts";

const offer = document.getElementById("range-offer"), form = document.querySelector<HTMLFormElement>(".measure-form");
if (offer && form) {
  const test = readByCamera(JSON.parse(found("#range-told").textContent!));
  const hasCamera = Boolean(navigator.mediaDevices?.getUserMedia);
  const look = () => { offer.hidden = new FormData(form).get("method") !== test.method || !hasCamera; };
  form.addEventListener("change", look);
  look();
  const range = new Range(form, test);
  found("[data-range=open]", offer).addEventListener("click", () => range.open());
}
