using SelfService.Core.People;
using SelfService.Core.Requests;
using SelfService.Core.Requests.Identifiers;

namespace SelfService.Core.Orders;

/// <summary>A question whose answer goes on the invoice; its words belong to the page.</summary>
/// <param name="Name">Name of the control and of the answer.</param>
/// <param name="Kinds">What an identifier may be; none for a text.</param>
/// <param name="Options">What is chosen, in the words of the country's tax office.</param>
public sealed record InvoiceField(string Name, IReadOnlyList<IdentifierKind> Kinds, IReadOnlyList<FieldOption> Options, int MaxLength, bool IsRequired);

/// <summary>What a country's invoice needs to know of who buys.</summary>
public static class InvoiceFields
{
    /// <summary>The questions for a company of that country.</summary>
    /// <param name="country">ISO 3166 code.</param>
    public static IReadOnlyList<InvoiceField> Of(string country) => country switch
    {
        "MX" => [Id("rfc", IdentifierKind.Rfc), Text("tax_name"), Choice("tax_regime", Regimes), Choice("cfdi_use", Uses), Text("tax_postcode", 12)],
        "AR" => [Id("cuit", IdentifierKind.Cuit), Text("tax_name"), Choice("vat_condition", Conditions)],
        "CO" => [Id("nit", IdentifierKind.Nit), Text("tax_name")],
        "CL" => [Id("rut", IdentifierKind.Rut), Text("tax_name"), Text("giro")],
        "PE" => [Id("ruc", IdentifierKind.Ruc), Text("tax_name")],
        "EC" => [Id("ruc_cedula", IdentifierKind.Ruc, IdentifierKind.Cedula), Text("tax_name")],
        "UY" => [Id("rut_uy", IdentifierKind.UruguayRut), Text("tax_name")],
        "BR" => [Id("cpf_cnpj", IdentifierKind.Cpf, IdentifierKind.Cnpj), Text("tax_name")],
        _ => [Text("tax_id", 64), Text("tax_name")],
    };

    // The catalogues c_RegimenFiscal and c_UsoCFDI of the SAT (CFDI 4.0), in its words.
    private static readonly FieldOption[] Regimes =
    [
        new("626", "626 Régimen Simplificado de Confianza"),
        new("612", "612 Personas Físicas con Actividades Empresariales y Profesionales"),
        new("601", "601 General de Ley Personas Morales"),
        new("605", "605 Sueldos y Salarios e Ingresos Asimilados a Salarios"),
        new("606", "606 Arrendamiento"),
        new("616", "616 Sin obligaciones fiscales"),
        new("603", "603 Personas Morales con Fines no Lucrativos"),
        new("607", "607 Régimen de Enajenación o Adquisición de Bienes"),
        new("608", "608 Demás ingresos"),
        new("610", "610 Residentes en el Extranjero sin Establecimiento Permanente en México"),
        new("611", "611 Ingresos por Dividendos (socios y accionistas)"),
        new("614", "614 Ingresos por intereses"),
        new("615", "615 Régimen de los ingresos por obtención de premios"),
        new("620", "620 Sociedades Cooperativas de Producción"),
        new("621", "621 Incorporación Fiscal"),
        new("622", "622 Actividades Agrícolas, Ganaderas, Silvícolas y Pesqueras"),
        new("623", "623 Opcional para Grupos de Sociedades"),
        new("624", "624 Coordinados"),
        new("625", "625 Actividades Empresariales con ingresos a través de Plataformas Tecnológicas"),
    ];

    private static readonly FieldOption[] Uses =
    [
        new("G03", "G03 Gastos en general"),
        new("S01", "S01 Sin efectos fiscales"),
        new("G01", "G01 Adquisición de mercancías"),
        new("G02", "G02 Devoluciones, descuentos o bonificaciones"),
        new("I01", "I01 Construcciones"),
        new("I02", "I02 Mobiliario y equipo de oficina por inversiones"),
        new("I04", "I04 Equipo de cómputo y accesorios"),
        new("I06", "I06 Comunicaciones telefónicas"),
        new("I08", "I08 Otra maquinaria y equipo"),
    ];

    private static readonly FieldOption[] Conditions =
    [
        new("consumidor_final", "Consumidor Final"),
        new("monotributo", "Responsable Monotributo"),
        new("inscripto", "IVA Responsable Inscripto"),
        new("exento", "IVA Sujeto Exento"),
    ];

    private static InvoiceField Id(string name, params IdentifierKind[] kinds) => new(name, kinds, [], Identifier.TypedMaxLength, IsRequired: true);

    private static InvoiceField Text(string name, int most = Person.NameMaxLength) => new(name, [], [], most, IsRequired: true);

    private static InvoiceField Choice(string name, IReadOnlyList<FieldOption> options) => new(name, [], options, 0, IsRequired: true);
}
