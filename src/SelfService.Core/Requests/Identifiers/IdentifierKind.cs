namespace SelfService.Core.Requests.Identifiers;

/// <summary>A number or code by which a state knows a person or a company.</summary>
public enum IdentifierKind
{
    /// <summary>Mexico: Registro Federal de Contribuyentes.</summary>
    Rfc,

    /// <summary>Mexico: Clave Única de Registro de Población.</summary>
    Curp,

    /// <summary>Argentina: Clave Única de Identificación Tributaria, or Laboral (CUIL), which is made alike.</summary>
    Cuit,

    /// <summary>Chile: Rol Único Tributario, the same as a person's RUN.</summary>
    Rut,

    /// <summary>Colombia: Número de Identificación Tributaria.</summary>
    Nit,

    /// <summary>Peru: Registro Único de Contribuyentes.</summary>
    Ruc,

    /// <summary>Brazil: Cadastro de Pessoas Físicas.</summary>
    Cpf,

    /// <summary>Brazil: Cadastro Nacional da Pessoa Jurídica, with letters since July 2026.</summary>
    Cnpj,

    /// <summary>Uruguay: Registro Único Tributario.</summary>
    UruguayRut,

    /// <summary>Ecuador: cédula de identidad.</summary>
    Cedula,
}
