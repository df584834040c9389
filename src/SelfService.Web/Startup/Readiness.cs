namespace SelfService.Web.Startup;

/// <summary>Whether the portal has finished opening: database at its newest schema, content imported, index built.</summary>
public sealed class Readiness
{
    public bool IsOpen { get; set; }
}
