using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases.Orders;

/// <summary>GET /casos/{number}/comprobante: the order on one sheet of paper, with a code that opens it.</summary>
public sealed class SlipModel(PortalDbContext db, SelfServiceOptions options) : OrderPage(db)
{
    /// <summary>Address of the order, without any key: whoever finds the paper still has to be its customer.</summary>
    public string Link => options.PublicUrl + Subject.Address;

    public QrCode Code => QrCode.Of(Link);

    public void OnGet()
    {
    }
}
