namespace SelfService.Benchmarks;

/// <summary>The company with one short form, so that what is measured is the portal and not a questionnaire.</summary>
internal static class FormContent
{
    public const string Form = "falla";

    /// <summary>Writes it into a folder of its own.</summary>
    /// <param name="content">The company's content folder.</param>
    /// <returns>The new folder.</returns>
    public static string Write(string content, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "forms"));
        CopyCompany(content, folder);
        AddForm(folder);
        return folder;
    }

    /// <summary>Writes the form into a content folder that has its <c>forms</c>.</summary>
    public static void AddForm(string folder) =>
        File.WriteAllText(Path.Combine(folder, "forms", Form + ".yaml"), """
            title: Reportar una falla
            queue: redes
            subject: "{falla}"
            fields:
              - name: falla
                type: choice
                label: ¿Qué pasa?
                required: true
                options: [{ value: lento, label: Está lento }, { value: nada, label: No hay servicio, priority: high }]
              - { name: mensaje, type: long_text, label: Cuéntenos qué pasó, required: true }
            """);

    /// <summary>Copies who the company is and who answers for what.</summary>
    public static void CopyCompany(string content, string folder)
    {
        foreach (var file in new[] { "site.yaml", "queues.yaml" })
        {
            File.Copy(Path.Combine(content, file), Path.Combine(folder, file));
        }
    }
}
