/** The player's island: one page, one session, one clock. */
import { without } from "../keep/without";
import { Served } from "./app";
import { found } from "./page";
import { Player } from "./player";

const root = found<HTMLElement>("#player");
const app = new Served(root, without);
app.score().then(
  (score) => new Player(app, score).open(),
  () => location.replace(root.dataset.words!),
);
