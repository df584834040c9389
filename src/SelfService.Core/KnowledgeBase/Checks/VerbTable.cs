using System.Collections.Frozen;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>
/// Verbs of help centres with the forms that tell tú, usted and vos apart. The paradigms are those of the Nueva gramática de
/// la lengua española (2009), chapter 4: voseo as in the River Plate, the standard of companies that write it.
/// </summary>
internal static class VerbTable
{
    /// <summary>One verb; a form that says nothing, or is another word as well, is empty.</summary>
    internal readonly record struct Verb(string Infinitive, string Tu, string Usted, string Vos, string TuPresent, string VosPresent);

    // Conjugated by rule: the stem never changes, only its spelling.
    private const string Regular = """
        abrir acceder aceptar acercar activar actualizar adjuntar administrar agendar agregar aguardar ahorrar ajustar alejar
        anotar añadir apagar aplicar aprovechar apuntar asegurar asistir autorizar avisar ayudar bajar bloquear borrar buscar
        calcular cambiar cancelar cargar chequear colocar comparar compartir completar comprar comunicar conectar configurar
        confirmar conservar consultar contactar contratar copiar correr crear cuidar deber dejar depositar desactivar
        desbloquear descargar desconectar descongelar describir descubrir desear desenchufar desinstalar deslizar destapar
        digitar disfrutar editar eliminar enchufar enjuagar enroscar entrar entregar escanear escoger escribir esperar evitar
        explicar firmar gestionar girar guardar habilitar hablar imprimir indicar informar ingresar iniciar instalar intentar
        jalar lavar leer levantar limpiar llamar llenar llevar marcar meter mirar modificar navegar necesitar observar olvidar
        pagar pasar pegar personalizar preguntar preparar presentar presionar programar proteger pulsar quitar rastrear recargar
        recibir reclamar recoger recuperar registrar regresar reiniciar rellenar reportar reservar responder restablecer
        restaurar retirar revisar sacar secar seleccionar solicitar solucionar subir sujetar suscribir tapar teclear tocar tomar
        ubicar unir usar utilizar validar verificar visitar vivir
        """;

    // infinitive, then tú, usted, vos as commands, then tú, vos as statements
    private const string Irregular = """
        apretar      aprieta    apriete    apretá     aprietas    apretás
        atender      atiende    atienda    atendé     atiendes    atendés
        cerrar       cierra     cierre     cerrá      cierras     cerrás
        colgar       cuelga     cuelgue    colgá      cuelgas     colgás
        comenzar     comienza   comience   comenzá    comienzas   comenzás
        comprobar    comprueba  compruebe  comprobá   compruebas  comprobás
        conocer      conoce     conozca    conocé     conoces     conocés
        contar       cuenta     cuente     contá      -           contás
        continuar    continúa   continúe   continuá   continúas   continuás
        corregir     corrige    corrija    corregí    corriges    corregís
        decir        di         diga       decí       dices       decís
        devolver     devuelve   devuelva   devolvé    devuelves   devolvés
        elegir       elige      elija      elegí      eliges      elegís
        empezar      empieza    empiece    empezá     empiezas    empezás
        encender     enciende   encienda   encendé    enciendes   encendés
        encontrar    encuentra  encuentre  encontrá   encuentras  encontrás
        enviar       envía      envíe      enviá      envías      enviás
        hacer        haz        haga       hacé       haces       hacés
        incluir      incluye    incluya    incluí     incluyes    incluís
        ir           ve         vaya       andá       -           -
        mantener     mantén     mantenga   mantené    mantienes   mantenés
        medir        mide       mida       medí       mides       medís
        mostrar      muestra    muestre    mostrá     -           mostrás
        mover        mueve      mueva      mové       mueves      movés
        obtener      obtén      obtenga    obtené     obtienes    obtenés
        pedir        pide       pida       pedí       pides       pedís
        perder       -          pierda     -          pierdes     perdés
        poder        -          -          -          puedes      podés
        poner        pon        ponga      poné       pones       ponés
        preferir     -          prefiera   -          prefieres   preferís
        probar       prueba     pruebe     probá      -           probás
        querer       -          -          -          quieres     querés
        recordar     recuerda   recuerde   recordá    recuerdas   recordás
        reenviar     reenvía    reenvíe    reenviá    reenvías    reenviás
        repetir      repite     repita     repetí     repites     repetís
        saber        -          sepa       sabé       sabes       sabés
        salir        -          salga      salí       -           salís
        seguir       sigue      siga       seguí      sigues      seguís
        soltar       suelta     suelte     soltá      -           soltás
        sustituir    sustituye  sustituya  sustituí   sustituyes  sustituís
        tener        ten        tenga      tené       tienes      tenés
        traer        trae       traiga     traé       traes       traés
        venir        ven        venga      vení       vienes      venís
        volver       vuelve     vuelva     volvé      vuelves     volvés
        """;

    // Statements to tú that are nouns or adjectives as well: "si hay compras", "luces activas".
    private static readonly FrozenSet<string> NounsToo = Split("""
        activas bajas cargas completas compras consultas contratas copias corres descargas entregas esperas firmas giras hablas
        limpias llamas llenas marcas miras pagas pasas pegas preguntas programas pruebas recargas reservas secas sujetas tapas
        tomas unes visitas
        """).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every verb of the tables.</summary>
    public static IReadOnlyList<Verb> All { get; } =
        [.. Split(Regular).Select(Conjugated), .. Irregular.Split('\n').Select(Listed)];

    private static Verb Listed(string line)
    {
        var forms = Split(line).Select(form => form == "-" ? "" : form).ToArray();
        return new Verb(forms[0], forms[1], forms[2], forms[3], forms[4], forms[5]);
    }

    private static Verb Conjugated(string infinitive)
    {
        var (stem, ending) = (infinitive[..^2], infinitive[^2..]);
        var (tu, usted, vos, present) = ending switch
        {
            "ar" => ("a", "e", "á", "as"),
            "er" => ("e", "a", "é", "es"),
            _ => ("e", "a", "í", "es"),
        };
        return new Verb(
            infinitive, stem + tu, Spelled(stem, ending) + usted, stem + vos, NounsToo.Contains(stem + present) ? "" : stem + present, stem + vos + "s");
    }

    // The sound before the ending stays, so its letters change: busque, pague, utilice, proteja, restablezca.
    private static string Spelled(string stem, string ending) => (stem[^1], ending) switch
    {
        ('c', "ar") => stem[..^1] + "qu",
        ('g', "ar") => stem + "u",
        ('z', "ar") => stem[..^1] + "c",
        ('g', _) => stem[..^1] + "j",
        ('c', _) => stem[..^1] + "zc",
        _ => stem,
    };

    private static string[] Split(string table) => table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
