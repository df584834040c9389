using System.Globalization;
using SelfService.Core.Requests;

namespace SelfService.Web.Pages.Requests;

/// <summary>A form between opening it and its being accepted: everything that must not be lost on the way.</summary>
public sealed record FormDraft
{
    /// <summary>Field that no person sees; who fills it in is a program.</summary>
    public const string TrapName = "website";

    /// <summary>Field with the protected moment at which the form was opened.</summary>
    public const string OpenedName = "form-opened";

    /// <summary>Key of the one ticket this form can open. Nobody can guess it, and files are stored under it.</summary>
    public required Guid Key { get; init; }

    public string Opened { get; init; } = "";

    public string Trap { get; init; } = "";

    public TypedValues Values { get; init; } = TypedValues.None;

    public ContactDraft Contact { get; init; } = new("", "", "");

    public IReadOnlyList<KeptFile> Files { get; init; } = [];

    /// <summary>A form nobody has touched.</summary>
    public static FormDraft New(string opened, ContactDraft contact) => new() { Key = Guid.NewGuid(), Opened = opened, Contact = contact };

    /// <summary>The form as it was sent, without its files.</summary>
    public static FormDraft Read(IFormCollection sent) => new()
    {
        Key = Guid.TryParse(sent["Key"], CultureInfo.InvariantCulture, out var key) && key != Guid.Empty ? key : Guid.NewGuid(),
        Opened = sent[OpenedName].ToString(),
        Trap = sent[TrapName].ToString(),
        Values = new TypedValues(sent.ToDictionary(field => field.Key, field => (IReadOnlyList<string>)[.. field.Value.OfType<string>()])),
        Contact = new ContactDraft(sent[ContactDraft.NameControl].ToString(), sent[ContactDraft.EmailControl].ToString(), sent[ContactDraft.PhoneControl].ToString()),
    };

    /// <summary>Id of a control, which is also the key of its errors. It begins with what no other id of a page begins with.</summary>
    public static string IdOf(string control) => "campo-" + control.Replace('.', '-');
}

/// <summary>A file the form has brought.</summary>
/// <param name="Field">Name of its field.</param>
/// <param name="IsClaimed">It belongs to a case already.</param>
public sealed record KeptFile(string Field, Guid Id, string Name, long Size, bool IsClaimed);
