using System.Collections.Frozen;

namespace SelfService.Search.Analysis;

/// <summary>Verbs a help centre meets whose forms no ending explains.</summary>
internal static class IrregularVerbs
{
    /// <summary>One verb a line: its stem, then its irregular forms, folded.</summary>
    private const string Table =
        """
        pod: poder puedo puedes podes puede podemos pueden pude pudiste pudo pudimos pudieron pueda puedas puedan podamos podre podra podran podremos podria podrias podrian podriamos pudiera pudieran podia podian pudiendo podido
        quer: querer quiero quieres queres quiere queremos quieren quise quiso quisiera quisieran quisieron quiera quieras quieran querria queria querian querido
        ten: tener tengo tienes tenes tiene tenemos tienen tuve tuviste tuvo tuvimos tuvieron tenga tengas tengan tengamos tendre tendra tendran tendria tendrian tuviera tenia tenian teniendo tenido ten
        hac: hacer hago haces hace hacemos hacen hice hiciste hizo hicimos hicieron haga hagas hagan hagamos hare hara haran haremos haria harias harian hiciera hacia hacian haciendo hecho hecha hechos hechas haz hacerlo hacerla
        dec: decir digo dices decis dice decimos dicen dije dijiste dijo dijeron diga digas digan dire dira diran diria dijera decia diciendo dicho dicha di dime digame dinos decirme decirle decirte decime decinos
        ir: ir voy vas va vamos van vaya vayas vayan iba iban ire iremos yendo ido
        ser: ser soy eres sos somos son era eran fue fui fuiste fueron fuera fueran sea seas sean seamos sere sera seran seria serian siendo sido
        est: estar estoy estas esta estamos estan este esten estuve estuvo estuvieron estare estara estaran estaria estaba estaban estabas estando estado_
        hab: haber he has ha hemos han hay hubo hubiera haya hayan habia habian habra habria habiendo habido
        sab: saber se_ sabes sabe sabemos saben supe supo sepa sepas sepan sabre sabra sabria sabia sabiendo sabido
        ven: venir vengo vienes venis viene venimos vienen vine vino_ vinieron venga vengan vendra vendran vendria venia viniendo venido
        dar: dar doy das da damos dan di_ diste dio dieron de_ den dara daran daria daba dando dado darme darle darte dame deme
        ver: ver veo ves vemos ven_ vi viste vio vieron vea vean vere vera_ veria veia viendo visto vista_ verlo verla
        pon: poner pongo pones pone ponemos ponen puse pusiste puso pusieron ponga pongas pongan pondre pondra pondria ponia poniendo puesto puesta puestos puestas ponerme ponerse
        sal: salir salgo sales sale salimos salen salga salgan saldra saldria salia saliendo salido
        tra: traer traigo traes trae traemos traen traje_ trajo trajeron traiga traigan traera traia trayendo traido
        oi: oir oigo oyes oye oimos oyen oyo oiga oyendo oido_
        cre: crear creo crea creamos crean creas cree creen cree creado creada creados creadas creando creacion creaciones creador creadores
        le: leer leo lees lee leemos leen lei leyo leyeron lea lean leera leia leyendo leido lectura lecturas
        ped: pedir pido pides pedis pide pedimos piden pedi pidio pidieron pida pidas pidan pedire pedira pediria pidiendo pidiera peticion peticiones
        pag: pagar pago_ pagas pagais pague pagues paguen paguemos pagaste pagamos pagan
        segu: seguir sigo sigues seguis sigue seguimos siguen segui siguio siguieron siga sigan seguire siguiendo seguido seguimiento seguimientos
        conoc: conocer conozco conoces conoce conocen conozca conozcan conoci conocio conocido conocida
        ofrec: ofrecer ofrezco ofrece ofrecen ofrezca ofrecio
        aparec: aparecer aparezco aparece aparecen aparezca aparecio apareceria
        desaparec: desaparecer desaparece desaparecen desaparecio desaparecido desaparecida
        perten: pertenecer pertenece pertenecen
        establec: establecer establezco establece establecen establezca establecio establecido establecida establecimiento
        restablec: restablecer restablezco restablece restablecen restablezca restablecio restablecido restablecimiento
        constru: construir construyo construye construyen construyo construyeron construyendo construido construida construccion
        inclu: incluir incluyo incluye incluyen incluyo incluyeron incluya incluyendo incluido incluida incluidos incluidas incluso_ inclusion
        conclu: concluir concluye concluyen concluyo concluido conclusion
        distribu: distribuir distribuye distribuyen distribuyo distribuido distribucion
        abr: abrir abro abres abre abrimos abren abri abrio abrieron abra abran abriendo abierto abierta abiertos abiertas apertura aperturas
        escrib: escribir escribo escribes escribe escriben escribi escribio escrito escrita escritos escritas
        suscrib: suscribir suscribo suscribe suscrito suscrita suscritos suscritas subscribir subscripcion subscripciones
        inscrib: inscribir inscribo inscrito inscrita inscritos inscritas
        cubr: cubrir cubro cubre cubren cubierto cubierta cobertura coberturas
        romp: romper rompo rompe rompio rompi roto rota rotos rotas
        mor: morir muero muere mueren murio murieron muerto muerta muriendo
        devolv: devuelto devuelta devueltos devueltas
        volv: vuelto_ volver volvi volvio volvieron
        resolv: resuelto resuelta resueltos resueltas resolucion resoluciones
        env: enviar envio envios envia envias envian envie envien enviado enviada enviados enviadas enviaste enviaron enviamos enviando enviaremos
        compr: comprar compro compraste compraron comprado comprada comprados compradas comprando compren
        conect: conectar conecto conecta conectas conectan conecte conectado conectada conectando conexion conexiones
        desconect: desconectar desconecto desconecta desconectan desconecte desconectado desconexion desconexiones
        reembols: reembolsar reembolso reembolsos reembolsa reembolsan reembolse reembolsado reembolsada reembolsaron
        edit: editar edito edita editan edite editado editada editando edicion ediciones
        actu: actuar actuo actua actuan actue actuacion actuaciones
        permit: permitir permito permite permiten permita permitan permitio permitido permitida permiso permisos
        imprim: imprimir imprimo imprime imprimen imprimio impreso impresa impresos impresas impresion impresiones
        elej: elegir elijo eliges elige eligen elija elijan eligio elegido elegida eleccion elecciones
        correj: corregir corrijo corrige corrigen corregido correccion correcciones
        produz: producir produzco produce producen produjo produjeron producido producida produccion
        traduz: traducir traduzco traduce traducen tradujo traducido traducida traduccion traducciones
        reduz: reducir reduzco reduce reducen redujo reducido reducida reduccion reducciones
        introduz: introducir introduzco introduce introducen introduzca introdujo introducido introducida introduccion
        conduz: conducir conduzco conduce conducen condujo conduccion
        obten: obtener obtengo obtiene obtienen obtuve obtuvo obtenga obtengan obtenido obtenida obtencion
        manten: mantener mantengo mantiene mantienen mantuvo mantenga mantenido mantenimiento mantenimientos
        conten: contener contiene contienen contuvo contenga contengan
        deten: detener detengo detiene detienen detuvo detenido detencion
        dispon: disponer dispone disponen dispuso dispuesto disponga
        propon: proponer propone proponen propuso propuesto propuesta propuestas
        us: usar uso usos usa usas usan use usen usado usada usados usadas usando usaste usaron usabas
        unir: unir une unen uno_ unio unido unida unidos unidas uniendo unirse unirme
        busc: busqueda busquedas
        respond: respuesta respuestas
        vend: venta ventas
        acced: acceso accesos
        protej: proteccion protecciones
        detect: deteccion detecciones
        atend: atencion atenciones
        reten: retener retiene retienen retencion retenciones retenido
        restrinj: restringir restringe restringen restringido restringida restriccion restricciones
        complet: completar completo completa completas completos completan complete completado
        recib: recepcion
        recolect: recoleccion recolecciones
        traslad: trasladar traslado traslados traslada trasladan traslade
        instruy: instruccion instrucciones instruir
        sup: suponer supone suponen supuso supuesto
        """;

    /// <summary>Irregular form (folded) to the stem of its verb.</summary>
    public static readonly FrozenDictionary<string, string> Stems = ReadTable();

    /// <summary>Stems whose vowel changes under stress, to the stem of the infinitive.</summary>
    public static readonly FrozenDictionary<string, string> StemChanges = Pairs(
        """
        devuelv=devolv vuelv=volv resuelv=resolv muev=mov remuev=remov promuev=promov encuentr=encontr muestr=mostr
        demuestr=demostr cuest=cost prueb=prob aprueb=aprob comprueb=comprob recuerd=record acuerd=acord suen=son
        duerm=dorm cierr=cerr pierd=perd entiend=entend atiend=atend defiend=defend empiez=empez comienz=comenz piens=pens
        recomiend=recomend pid=ped despid=desped impid=imped mid=med repit=repet sirv=serv vist=vest sient=sent sint=sent
        prefier=prefer prefir=prefer refier=refer refir=refer transfier=transfer transfir=transfer requier=requer
        requir=requer adquier=adquir sugier=suger sugir=suger elij=elej corrij=correj sig=segu consig=consegu
        persig=persegu conozc=conoc conoz=conoc reconoz=reconoc reconozc=reconoc aparez=aparec aparezc=aparec
        establez=establec establezc=establec restablez=restablec restablezc=restablec ofrez=ofrec ofrezc=ofrec
        produzc=produz traduzc=traduz introduzc=introduz reduzc=reduz conduzc=conduz haz=hac llueve=llov juej=jug jueg=jug
        almuerz=almorz fuerz=forz refuerz=reforz rueg=rog cuelg=colg descuelg=descolg apuest=apost renuev=renov
        mantuv=manten detuv=deten obtuv=obten mient=ment convirt=convert conviert=convert inviert=invert invirt=invert
        advirt=advert adviert=advert extiend=extend enciend=encend suspend=suspend envi=env
        """);

    /// <summary>Nouns of the action that no ending shows.</summary>
    public static readonly FrozenDictionary<string, string> Nouns = Pairs(
        """
        solicitud=solicit acceso=acced venta=vend perdida=perd respuesta=respond apertura=abr lectura=le escritura=escrib
        control=control gestion=gestion funcion=func relacion=relac propuesta=propon rotura=romp eleccion=elej
        correccion=correj proteccion=protej peticion=ped recepcion=recib suspension=suspend
        extension=extend emision=emit admision=admit omision=omit transmision=transmit impresion=imprim impresora=imprim
        decision=decid division=divid permiso=permit promesa=promet expansion=expand comprension=comprend
        concesion=conced exclusion=exclu inclusion=inclu conclusion=conclu almacen=almacen
        """);

    /// <summary>Stems of all verbs in these lists.</summary>
    public static readonly FrozenSet<string> Infinitives = Stems.Values.Concat(StemChanges.Values).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> ReadTable()
    {
        var stems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            // A trailing underscore marks a form that is more often another word (vino, traje): left to the endings.
            foreach (string form in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (form[^1] != '_')
                    stems[form] = line[..colon];
            }
        }

        return stems.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string> Pairs(string text) =>
        text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
