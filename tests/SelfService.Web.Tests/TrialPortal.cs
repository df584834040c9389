using System.Text;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests;

/// <summary>
/// A portal with content made for tests: a long topic, an article of every audience, everything an article may contain,
/// old addresses, and titles that try to be markup.
/// </summary>
public sealed class TrialPortal : IAsyncLifetime
{
    public const string PublicUrl = "http://ayuda.ensayo.example";
    public const string PublicWord = "zarzamora";
    public const int Many = 47;

    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Fill(content);
        Host = await PortalHost.StartAsync(content.Root, new Dictionary<string, string?> { ["SelfService:PublicUrl"] = PublicUrl });
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }

    private static void Fill(TestFolder folder)
    {
        folder.Write("site.yaml", Site);
        folder.Write("articles/largo/_category.yaml", "title: Tema largo\ndescription: Con muchas páginas\nposition: 1\n");
        folder.Write("articles/variado/_category.yaml", "title: Tema variado\nposition: 2\n");
        folder.Write("articles/equipo/_category.yaml", "title: Tema del equipo\nposition: 3\n");
        for (var number = 1; number <= Many; number++)
        {
            folder.Write($"articles/largo/paso-{number:00}.md", $"---\ntitle: Paso {number:00} del trámite\nsummary: Resumen {number:00}\ndate: 2026-01-{1 + (number % 28):00}\n---\nEn el paso {number:00} se revisa la {PublicWord}.\n");
        }

        folder.Write("articles/variado/todo.md", Everything);
        folder.Write("articles/variado/figura.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\" height=\"180\" viewBox=\"0 0 320 180\"><rect width=\"320\" height=\"180\"/></svg>");
        folder.Write("articles/variado/corto.md", "---\ntitle: Artículo corto\nrelated: [todo, para-clientes, para-equipo]\n---\nSolo un párrafo sobre la zarzamora.\n");
        folder.Write("articles/variado/para-clientes.md", "---\ntitle: Ventajas reservadas de la guayaba\nsummary: Sumario de guayaba\naudience: customers\nredirect_from: [/ayuda/guayaba]\n---\nLa guayaba y la zarzamora son para clientes.\n\n## Detalle de guayaba\n\nMás guayaba.\n");
        folder.Write("articles/variado/para-equipo.md", "---\ntitle: Criterios internos del mamey\nsummary: Sumario de mamey\naudience: staff\nredirect_from: [/ayuda/mamey]\n---\nEl mamey y la zarzamora son del equipo.\n");
        folder.Write("articles/equipo/solo-equipo.md", "---\ntitle: Manual interno del tejocote\naudience: staff\n---\nEl tejocote y la zarzamora.\n");
        folder.Write("articles/variado/borrador.md", "---\ntitle: Borrador del chicozapote\nstatus: draft\n---\nEl chicozapote y la zarzamora.\n");
        folder.Write("articles/variado/marcas.md", "---\ntitle: 'Use <script>alert(1)</script> & \"comillas\" </title>'\nsummary: 'Con <b>marcas</b> & <img src=x onerror=alert(2)>'\nkeywords: ['<i>pitahaya</i>']\n---\nLa pitahaya no ejecuta `<script>alert(3)</script>` ni nada más.\n");
        folder.Write("articles/variado/control.md", "---\ntitle: \"Con \\v control \\u0001 dentro \\0 y roto\"\n---\nTexto con xoconostle.\n");
    }

    private const string Site = """
        name: Ensayo
        slogan: Frutas
        locale: es-MX
        languages: [es, en]
        time_zone: America/Mexico_City
        currency: MXN
        country: MX
        contact:
          phone: "800 555 0100"
          phone_link: "+528005550100"
          email: ayuda@ensayo.example
        opening_hours:
          monday: 09:00-18:00
        actions:
          - { title: 'Hablar <b>ya</b> & sin "espera"', address: /contacto, icon: chat, words: [asesor, persona, paso a paso] }
          - { title: Escribir afuera, address: "https://mensajes.example/?a=1&b=2", words: [chatear] }
          - { title: Identificarse, address: /cuenta/entrar, icon: user, words: [ingresar], guests_only: true }
          - { title: Sin dirección, words: [perdida] }
        """;

    private static string Everything { get; } = new StringBuilder("""
        ---
        title: Todo lo que cabe en un artículo
        summary: De la tabla a la figura.
        date: 2026-02-03
        related: [corto]
        redirect_from: [/ayuda/todo, /viejo/todo.html, "/ayuda/con espacio"]
        ---
        Empieza con un párrafo sobre la zarzamora.

        ## Primera parte

        ![Una figura negra](figura.svg "Pie de la figura")

        Un [enlace externo](https://ejemplo.example/otra) y uno [interno](corto.md).

        ## Segunda parte

        | Código | Qué hacer |
        |---|---|
        | E1 | Revisar |

        > [!WARNING]
        > Con cuidado.

        ## Segunda parte

        ### Detalle

        - [ ] Pendiente
        - [x] Hecho

        ## Última parte


        """).Append(string.Join("\n\n", Enumerable.Repeat("La zarzamora madura despacio y conviene esperar a que tome color antes de cortarla con las dos manos.", 60))).Append('\n').ToString();
}

[CollectionDefinition(Name)]
public sealed class TrialPortalCollection : ICollectionFixture<TrialPortal>
{
    public const string Name = "trial portal";
}
