/** The player's island: one page, one session, one clock. */
import { Refused } from "../contract/told";
import { type Without, without } from "../keep/without";
import { dialog, found } from "../page/parts";
import { Player } from "../player/player";
import { Served } from "../player/served";
import { playedHere } from "../player/underway";

const root = found<HTMLElement>("#player");
/** What is played of the sample runner is kept by nobody for a device: it would be handed in as the runner's own. */
const nobody: Without = { judge: without.judge, keep: () => Promise.resolve(false) };
const app = new Served(root, "sample" in root.dataset ? nobody : without);
// The page comes with its start open, to be read before any script; whoever reloads goes on where they were instead.
if (playedHere(root.dataset.slot!)) dialog("start").close();
app.score().then(
  (score) => new Player(app, score).open(),
  (error: unknown) => location.replace((error instanceof Refused && error.next) || root.dataset.words!),
);
