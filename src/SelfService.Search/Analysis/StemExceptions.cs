using System.Collections.Frozen;

namespace SelfService.Search.Analysis;

/// <summary>Words that look like an inflection and are none, and words whose gender may be joined.</summary>
internal static class StemExceptions
{
    /// <summary>Stand for themselves: no verb is looked for behind them, nor behind what has one of them as its singular.</summary>
    public static readonly FrozenSet<string> Invariant = Words(
        """
        ademas antes apenas atras aunque ayer bajo cada casi cerca como con contra cual cuando cuanto dentro desde despues
        detras donde ella ellas ello ellos entonces entre esta estas este estos esa esas ese esos eso esto fuera gracias hasta
        hacia jamas junto lejos luego mas menos mientras mucho nada nadie ningun nosotros nosotras nunca otra otras otro otros
        para pero poco por porque pronto pues quien quienes segun sin sino sobre solo tambien tampoco tanto tarde todavia
        tras usted ustedes lunes martes miercoles jueves viernes crisis tesis virus bonus campus status gratis
        analisis pais mes res gas bus plus cookies atlas caos cosmos dos tres seis paraguas cumpleaños
        hogar lugar celular titular ejemplar particular escolar militar mujer taller similar familiar popular dolar azucar
        alquiler primer tercer cualquier super server router banner buffer auxiliar circular solar singular collar poster
        bar mar par cancer lider caracter cadaver mister ayuntamiento departamento apartamento medicamento
        orden imagen examen margen origen volumen joven alguien almacen virgen crimen dictamen desorden
        capitan gran plan flan titan refran iman pan tan san afan
        comando mando bando tamaño blando contrabando fernando
        estado lado mercado grado cuidado abogado helado soldado partido partida mitad ciudad ciudadano
        entidad unidad vida moneda deuda nunca duda sentido contenido apellido vestido latido ruido oido nido
        estacion nacion racion region religion opinion reunion union avion camion millon pasion mision vision version sesion
        ocasion television profesion posicion condicion tradicion oracion cancion emocion seccion accion opcion
        generacion poblacion corazon razon situacion estacionamiento
        camara cara vara mascara cuchara clara carrera manera cartera tomate debate chocolate
        modelo suelo vuelo pelo cielo regalo hielo pueblo ejemplo
        cuenta cuento caso casa papa tarde
        """);

    /// <summary>Singulars in -e whose plural would otherwise lose it: <i>clase, enlace</i> need none, these do.</summary>
    public static readonly FrozenSet<string> PluralKeepsE = Words(
        """
        detall vall call cobr nombr hombr padr madr cofr sobr libr pobr tigr disfrac sed bas clas cas fas fras llav nav
        tard grand mold verd pued quier bail deud cin inmun autoinmun fraud desglos pein
        enlac desenlac alcanc avanc balanc indic apendic dulc percanc romanc bronc cauc vertic helic codic
        """);

    /// <summary>Plurals no rule gives.</summary>
    public static readonly FrozenDictionary<string, string> OddPlurals = new Dictionary<string, string>
    {
        ["clubes"] = "club",
        ["albumes"] = "album",
        ["relojes"] = "reloj",
        ["menus"] = "menu",
        ["emojis"] = "emoji",
        ["taxis"] = "taxi",
        ["tribus"] = "tribu",
        ["espiritus"] = "espiritu",
        ["samurais"] = "samurai",
        ["tabues"] = "tabu",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Singulars that end like a plural.</summary>
    public static readonly FrozenSet<string> SingularInEs = Words(
        "interes estres ingles frances portugues japones holandes expres traves reves cordobes");

    /// <summary>Adjectives that are met in both genders. Nouns that change their meaning (caso, casa) are not here.</summary>
    private static readonly FrozenSet<string> Gendered = Words(
        """
        nueva vieja gratuita correcta incorrecta completa incompleta rota otra misma primera segunda tercera cuarta quinta ultima
        propia valida invalida externa interna barata rapida segura insegura abierta vencida dañada duplicada
        pequeña buena mala larga corta caliente fria llena vacia limpia sucia exacta inexacta directa indirecta perfecta
        cierta muerta viva blanca negra roja amarilla mucha poca toda varia ambas necesaria innecesaria amiga hija niña chica
        hermana abuela tia novia compañera vecina señorita bonita guapa tonta loca enfadada molesta contenta
        certificada concreta distinta justa injusta mexicana argentina chilena colombiana peruana española humana
        unica alguna ninguna tanta cuanta dicha amplia adjunta antigua moderna fija minima maxima futura previa ajena
        europea rara prevista unida inmediata continua profunda extranjera compleja repentina lenta descrita adulta
        oculta verdadera oscura intensa instantanea compuesta gruesa escrita enferma aguda sana obsoleta entera ligera
        impresa seca contemporanea absoluta estricta inversa humeda femenina masculina falsa erronea ancha prematura
        recta favorita bruta violenta plena intermedia extraña dañina comoda incomoda tardia robusta nula nocturna mixta
        intacta inscrita fina explicita implicita diversa densa confusa abstracta suelta resuelta pura propensa fresca aerea
        satisfecha simultanea remota paralela opuesta expuesta eterna plana cardiaca sujeta suscrita devuelta
        atenta digna lejana cercana urbana temprana izquierda defectuosa
        """);

    /// <summary>
    /// Stems of -ar verbs that end like a future tense: <i>recuperé</i> is <i>recuper-é</i>, not <i>recup-eré</i>.
    /// </summary>
    public static readonly FrozenSet<string> StemsInR = Words(
        """
        recuper esper gener oper super consider cooper aceler numer alter enter liber toler prosper moder exager
        retir gir mir tir admir estir aspir inspir prepar repar compar declar separ aclar dispar apar par
        """);

    private static readonly string[] GenderedEndings =
    [
        "iva", "osa", "aria", "ica", "ada", "ida", "oria", "ana", "ima",
    ];

    /// <summary>True when the feminine may be read as its masculine.</summary>
    public static bool HasGender(string feminine)
    {
        if (Gendered.Contains(feminine))
            return true;
        if (feminine.Length < 6 || KeepsGender.Contains(feminine))
            return false;
        foreach (string ending in GenderedEndings)
        {
            if (feminine.EndsWith(ending, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static readonly FrozenSet<string> KeepsGender = Words(
        """
        musica fisica practica fabrica republica cosa rosa alternativa iniciativa directiva perspectiva
        entrada salida llamada jornada temporada partida comida bebida medida cantida corrida tirada
        mañana ventana semana campana persiana victima historia memoria categoria victoria secretaria tapada
        prosa diva saliva oliva morada fachada cascada almohada ensalada avenida despedida herida subida bajada parada espada
        notaria plenaria maquinaria veterinaria indumentaria funeraria papeleria
        """);

    private static FrozenSet<string> Words(string text) =>
        text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
