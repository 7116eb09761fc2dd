"""The closed lists a drill is described with."""

from enum import IntEnum, StrEnum


class Stage(IntEnum):
    """The five stages of the staged programme, in the order a session runs them."""

    RELEASE = 1
    MOBILISE = 2
    OWN = 3
    STRENGTHEN = 4
    INTEGRATE = 5


class Origin(StrEnum):
    """Where a drill comes from: one of the two articles, or the wider library."""

    DILZER_HIPS = "dilzer_hips"
    NORMAN_3D_HIP = "norman_3d_hip"
    LIBRARY = "library"


class Position(StrEnum):
    """How the body is placed at the start; changing it costs time."""

    PRONE = "prone"
    SUPINE = "supine"
    HOOK_LYING = "hook_lying"
    SIDE_LYING = "side_lying"
    FLOOR_SEATED = "floor_seated"
    CHAIR_SEATED = "chair_seated"
    QUADRUPED = "quadruped"
    HALF_KNEELING = "half_kneeling"
    PIGEON = "pigeon"
    SIDE_PLANK = "side_plank"
    SPLIT_STANCE = "split_stance"
    STANDING = "standing"
    SINGLE_LEG_STANDING = "single_leg_standing"

    @property
    def is_on_the_floor(self) -> bool:
        return self not in _UPRIGHT


class Muscle(StrEnum):
    """Muscle groups, as coarse as the planner and the gym day need them."""

    GLUTEUS_MAXIMUS = "gluteus_maximus"
    GLUTEUS_MEDIUS = "gluteus_medius"
    GLUTEUS_MINIMUS = "gluteus_minimus"
    TENSOR_FASCIAE_LATAE = "tensor_fasciae_latae"
    DEEP_ROTATORS = "deep_rotators"
    ILIOPSOAS = "iliopsoas"
    RECTUS_FEMORIS = "rectus_femoris"
    QUADRICEPS = "quadriceps"
    HAMSTRINGS = "hamstrings"
    ADDUCTORS = "adductors"
    QUADRATUS_LUMBORUM = "quadratus_lumborum"
    TRUNK = "trunk"
    OBLIQUES = "obliques"
    CALF = "calf"
    FOOT = "foot"
    SHOULDER_GIRDLE = "shoulder_girdle"
    HIP_CAPSULE = "hip_capsule"


class ExposureKind(StrEnum):
    """What a hip gets in a direction: lengthened to the end, held at the end, or worked through."""

    STRETCH = "stretch"
    HOLD = "hold"
    WORK = "work"


class Aim(StrEnum):
    """What a drill trains when that is not one of the six directions."""

    ANKLE_DORSIFLEXION = "ankle_dorsiflexion"
    CORE_ANTI_EXTENSION = "core_anti_extension"
    CORE_FRONTAL_CONTROL = "core_frontal_control"


class LungeDirection(StrEnum):
    """The nine directions of the lunge matrix; the drill ``lm_<direction>`` is the plain cell of each.

    They are seen from the working leg. It is the leg that steps, except backward and in the curtsy
    (``posterior``, ``posteromedial``), where the working leg stays and the other one steps.
    """

    ANTERIOR = "anterior"
    ANTEROLATERAL = "anterolateral"
    LATERAL = "lateral"
    POSTEROLATERAL = "posterolateral"
    POSTERIOR = "posterior"
    POSTEROMEDIAL = "posteromedial"
    ANTEROMEDIAL = "anteromedial"
    ROTATIONAL_OPEN = "rotational_open"
    ROTATIONAL_CROSS = "rotational_cross"


class Verdict(StrEnum):
    """What a restriction tag says about a drill; the strictest of a runner's tags wins."""

    EXCLUDE = "exclude"
    MODIFY = "modify"
    ALLOW = "allow"


class Tag(StrEnum):
    """Restriction tags a screening answer can put on a runner (handbook F)."""

    RED_FLAG = "red_flag"
    BSI = "bsi"
    BSI_RISK = "bsi_risk"
    FAI = "fai"
    GT = "gt"
    PHT = "pht"
    ADD = "add"
    DYSPL = "dyspl"
    HYPER = "hyper"
    THR = "thr"
    THR_POST = "thr_post"
    THR_ANT = "thr_ant"
    SCOPE = "scope"
    PREG = "preg"
    PELVIC_GIRDLE_PAIN = "pelvic_girdle_pain"
    POST = "post"
    POST_EARLY = "post_early"
    OP = "op"
    HTN = "htn"
    ACOAG = "acoag"
    SCIATICA = "sciatica"
    LBP_EXT = "lbp_ext"
    LBP_FLEX = "lbp_flex"
    KNEE = "knee"
    MENISCUS = "meniscus"
    BALANCE = "balance"
    ACUTE = "acute"
    WRIST = "wrist"
    SHOULDER = "shoulder"
    ITB = "itb"


class SidesWorked(StrEnum):
    """How a drill shares its time between the legs."""

    EACH = "each"
    ALTERNATING = "alternating"
    BOTH_AT_ONCE = "both_at_once"


_UPRIGHT = {
    Position.STANDING,
    Position.SINGLE_LEG_STANDING,
    Position.SPLIT_STANCE,
    Position.CHAIR_SEATED,
}
