"""Who is near, who has gone, and a yes to "is it safe to text" (S6, S7, S8)."""

import pytest

from bot.actions.answers import Short, begins_safe
from bot.actions.hearing import Heard
from bot.actions.watched import says_away, somebody_near, wishes_discretion

NEAR = (
    "not now hes right next to me",
    "he just pulled in the driveway",
    "he's coming up the stairs delete this",
    "she just woke up",
    "he woke up",
    "hes looking at my phone",
    "he's home gtg",
    "hes watching me",
    "shh he is in the room",
    "my husband just got home",
    "someone is here",
    "cant talk hes here",
    "theyre coming back",
    "my boss is walking over here",
    "he's behind me",
    "hes in the next room i have to be quick",
    "gotta go he's back",
    "he's reading over my shoulder",
    "yes he is here",
    "yes but hes next to me",
    "yea hes watching tho",
    "no he's sitting right there",
    "my dad is in the car with me",
    "hold on he is getting out of the shower",
    "i hear him coming",
    "i have to delete this he is coming",
    "bossman just walked in",
    "the lady i work for is standing here",
    "wait someones coming",
    "no ahorita no el me esta viendo",
    "se desperto",
    "ya llego",
    "ahi viene",
    "ya viene borro todo",
    "esta aqui a mi lado",
    "no puedo esta aqui conmigo",
    "me esta mirando",
    "mi marido acaba de llegar",
    "viene subiendo",
    "esta en el cuarto de al lado",
    "aqui esta el patron",
    "si pero esta aqui",
    "si esta aqui conmigo",
    "espere viene alguien",
    "ya se levanto",
    "el esta viendo lo que escribo",
    "oigo que llega",
    "viene mi suegra",
    "ahora no que esta cerca",
    "il rentre je dois effacer",
    "je peux plus ecrire il arrive",
    "il est a coté de moi",
    "il me regarde",
    "elle vient de rentrer",
    "il s'est reveille",
    "attendez quelqu'un vient",
    "il est la",
    "mon mari est dans la piece",
    "oui mais il est la",
    "agora não dá ele tá do meu lado",
    "ele ta aqui do lado",
    "ele chegou",
    "ele acordou",
    "ta vindo alguem",
    "ele ta me olhando",
    "meu marido acabou de chegar",
    "agora nao ele ta em casa",
    "tenho que apagar ele voltou",
    "li rive",
    "li la",
    "li akote m",
    "l ap gade m",
    "li fek antre",
    "li leve",
    "moun yo la m pa ka pale",
    "li retounen m oblije efase",
    "他回来了",
    "他在旁边",
    "他醒了",
    "老板来了",
    "现在不行他在看我",
    "有人来了",
    "他在我身边",
    "我要删了他过来了",
    "anh ấy về rồi",
    "ong ay dang ngoi canh toi",
    "anh ta day roi",
    "co nguoi dang den",
    "chong toi vua ve",
    "bây giờ không được anh ấy đang nhìn",
    "bà chủ đang ở đây",
    "katabi ko sya ngayon",
    "andito na sya",
    "dumating na asawa ko",
    "nagising na sya",
    "nakatingin sya sakin",
    "may paparating",
    "nandito yung amo ko",
    "di pwede ngayon nasa tabi ko sya",
    "он рядом",
    "он пришел",
    "он проснулся",
    "не могу сейчас он смотрит",
    "муж вернулся",
    "кто-то идет",
    "хозяйка здесь",
    "он идет сюда удаляю",
    "옆에 있어서 지금은 힘들어요",
    "그 사람 왔어요",
    "남편이 집에 왔어요",
    "일어났어요 나중에요",
    "지금 보고 있어요",
    "사장님이 옆에 있어요",
    "누가 와요",
    "هو جنبي هلق ما بقدر",
    "هو هون",
    "رجع",
    "صحي",
    "زوجي وصل",
    "عم يتطلع علي",
    "في حدا جاي",
    "لازم امسح هو جاي",
    "مو هلق هو بالبيت",
    "wo aa gaya",
    "वो आ गया",
    "wo paas mein hai",
    "वो जाग गया",
    "pati ghar aa gaye",
    "abhi nahi wo dekh raha hai",
    "malkin yahin hai",
    "koi aa raha hai",
)

IN_DANGER = (
    "he is outside with a knife",
    "hes at the door rn and hes gonna kill me",
    "hes coming to get me",
    "he's here and he has a gun",
    "he found me hes coming in",
    "he is beating my mom",
    "he is trying to get in",
    "hes breaking the window",
    "he just hit me",
    "he came home drunk and hes hitting me",
    "he woke up and hes choking me",
    "he says he will kill me when he gets home",
    "hes back and hes screaming at me with a bat",
    "hes coming up the stairs with a belt",
    "help me he is going to hurt me",
    "they are coming to take me tonight",
    "hes outside i think he followed me",
    "he wont let me leave the room",
    "im hiding in the bathroom from him",
    "im in the closet hes looking for me",
    "he locked the doors and took the keys",
    "esta afuera con un cuchillo",
    "ya viene y me va a matar",
    "esta aqui y trae pistola",
    "me encontro esta tocando la puerta",
    "llego borracho y me esta pegando",
    "me esta buscando para matarme",
    "viene por mi esta noche",
    "me quiere golpear ahora mismo",
    "estoy escondida en el baño me anda buscando",
    "esta rompiendo la puerta",
    "me tiene encerrada",
    "quiere entrar a la fuerza",
    "il est dehors avec un couteau",
    "il rentre et il va me frapper",
    "il essaie d'entrer de force",
    "je me cache dans la salle de bain il me cherche",
    "il est en train de me frapper",
    "il m'a retrouvee il est en bas",
    "ele ta la fora com uma faca",
    "ele chegou bebado e ta me batendo",
    "ele ta tentando arrombar a porta",
    "to escondida no banheiro ele ta me procurando",
    "ele me achou",
    "li deyo a ak yon kouto",
    "l ap bat mwen kounye a",
    "l ap eseye kase pot la",
    "m kache nan twalet la l ap chache m",
    "他拿着刀在外面",
    "他在打我",
    "他要进来了救命",
    "他回来了要打死我",
    "我躲在厕所里他在找我",
    "anh ấy ở ngoài cửa cầm dao",
    "anh ta đang đánh tôi",
    "hắn đang phá cửa",
    "toi dang tron trong nha tam",
    "nasa labas sya may kutsilyo",
    "sinasaktan nya ko ngayon",
    "pinipilit nya pumasok",
    "nagtatago ako sa cr hinahanap nya ko",
    "он снаружи с ножом",
    "он бьет меня",
    "он ломится в дверь",
    "он пришел пьяный и хочет меня убить",
    "я прячусь в ванной он меня ищет",
    "밖에 칼 들고 있어요",
    "지금 때리고 있어요",
    "문을 부수려고 해요",
    "화장실에 숨어 있어요 찾고 있어요",
    "هو برا ومعه سكين",
    "عم يضربني هلق",
    "عم يكسر الباب",
    "متخباية بالحمام وعم يدور علي",
    "wo bahar chaku lekar khada hai",
    "wo mujhe maar raha hai",
    "darwaza tod raha hai",
    "wo aa gaya aur mujhe maarega",
    "main bathroom mein chhupi hoon wo dhoond raha hai",
)

ELSEWHERE = (
    "when he is here i cant talk",
    "he came home drunk last night and i left",
    "is he here?",
    "i want somebody beside me in court, can they come with me",
    "my husband is here with me and we need a place",
    "they are here without papers",
    "el recibo de la renta ya llego y no tengo dinero para pagar",
    "hay alguien que hable mixteco",
    "nobody is here",
    "he left",
)

SAFE = (
    "yea hurry",
    "Yes, it is safe. I am at my own kitchen table",
    "yes rn shes asleep",
    "yes bossman gone til 6",
    "yes can you help me find a bed?",
    "yea for now",
    "ok its safe",
    "hes asleep",
    "nobody is here",
    "si estoy sola",
    "sí me puede escribir",
    "si, me dejaron sola",
    "no hay nadie",
    "claro, ya se fue",
    "可以发",
    "方便",
    "可以 他上班去了",
    "اه",
    "ايوه هو بالشغل",
    "जी",
    "haan safe hai",
    "ji haan wo kaam pe hai",
    "네 안전해요",
    "네 혼자예요",
    "да безопасно",
    "можно он спит",
    "da an toan",
    "có",
    "vâng ông ấy đi làm",
    "oui il est parti",
    "sim ele saiu",
    "wi li soti",
    "oo umalis na sya",
    "opo mag isa lang ako",
)

NO_YES = (
    "yes?",
    "yes but not safe",
    "si pero no",
    "si me ve me mata",
    "si mi marido se entera me corre",
    "si el llega me pega",
    "si es seguro?",
    "可以帮我吗",
    "можно мне комнату",
    "pwede ba",
    "да нет",
    "ji nahi",
    "ya no tengo casa",
    "i need food",
    "not safe",
    "no hes here",
)

DISCREET = (
    "dont write anything about shelters my phone is shared",
    "keep it vague he reads this",
    "need to get ready to leave my man. can u write like its about yoga class",
    "dont put anything about shelters in these texts someone checks my phone",
    "mi marido revisa mi cel escriban con disimulo porfa",
    "mi novio me lee los mensajes, puede ser discreto?",
    "me revisan el telefono, escriba sin decir nada de ayuda porfa",
    "ecrivez comme si vous etiez une copine",
    "escreve como se fosse uma loja",
    "ekri tankou se yon zanmi",
    "不要提收容所",
    "đừng nhắc tới luật sư",
    "wag banggitin ang shelter",
    "не пишите слово приют",
    "쉼터라는 말은 언급하지 말아 주세요",
    "لا تذكروا كلمة ملجأ",
    "shelter ka zikr mat karna",
)
PLAIN = (
    "i need a discount store",
    "they speak english like me",
    "no mencionaron el precio",
    "trabajaba como si fuera esclava",
    "律师寄来一封英文信，一个字看不懂",
)


def heard(text: str, **labels: float) -> Heard:
    intent = max(labels, key=lambda label: labels[label], default="other")
    sure = labels.get(intent, 0.1)
    return Heard(
        text, intent, sure, named=(), labels=labels, short=Short(), choice=None, lines=(text,)
    )


@pytest.mark.parametrize("text", NEAR)
def test_somebody_who_is_near_or_looks_on_is_heard_by_its_words(text: str) -> None:
    assert somebody_near(heard(text), asked_safe=True)


@pytest.mark.parametrize("text", IN_DANGER)
def test_who_is_in_danger_is_never_just_left_alone(text: str) -> None:
    assert not somebody_near(heard(text, danger=0.9), asked_safe=True)
    assert not somebody_near(heard(text, danger=0.4), asked_safe=True)


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_story_a_question_or_another_time_is_nobody_near(text: str) -> None:
    assert not somebody_near(heard(text))


def test_what_is_understood_as_unsafe_more_than_as_danger_is_a_pause() -> None:
    assert somebody_near(heard("he has my other phone too", danger=0.5, unsafe=0.45))
    assert not somebody_near(heard("he has my other phone too", danger=0.5, unsafe=0.1))
    assert not somebody_near(heard("he is here", danger=0.95))


def test_a_need_that_sounds_like_somebody_near_stays_one_but_at_the_safety_question() -> None:
    assert not somebody_near(heard("hes watching me", safety_planning=0.75))
    assert somebody_near(heard("hes watching me", safety_planning=0.75), asked_safe=True)


@pytest.mark.parametrize("text", SAFE)
def test_a_yes_is_one_with_any_reason_behind_it(text: str) -> None:
    assert begins_safe(text) or says_away(text)
    assert not somebody_near(heard(text), asked_safe=True)


@pytest.mark.parametrize("text", NO_YES)
def test_what_only_begins_like_a_yes_is_none(text: str) -> None:
    assert not begins_safe(text)
    assert not says_away(text)


@pytest.mark.parametrize("text", DISCREET)
def test_a_wish_for_plain_words_is_heard_beside_anything(text: str) -> None:
    assert wishes_discretion(heard(text))


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_are_not_wished_for_by_chance(text: str) -> None:
    assert not wishes_discretion(heard(text))
