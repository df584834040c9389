namespace SelfService.Core.Company;

/// <summary>Something a customer can do, offered while she types and above the results: one entry of <c>actions</c> in <c>site.yaml</c>.</summary>
/// <param name="Title">What it does, beginning with a verb.</param>
/// <param name="Address">Where it leads: a path of the portal, or an <c>https:</c> address.</param>
/// <param name="Icon">Name of an icon of the sprite.</param>
/// <param name="Words">What people type for it besides the words of the title.</param>
/// <param name="GuestsOnly">True for what only makes sense to who has not signed in.</param>
public sealed record CompanyAction(string Title, string Address, string Icon, IReadOnlyList<string> Words, bool GuestsOnly = false);
