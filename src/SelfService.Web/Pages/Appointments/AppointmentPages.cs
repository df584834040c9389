using SelfService.Web.Components;

namespace SelfService.Web.Pages.Appointments;

/// <summary>What the pages of booking are made of.</summary>
public static class AppointmentPages
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddAppointmentPages(this IServiceCollection services) =>
        services.AddSingleton<ZoneWords>().AddSingleton<BookingFields>().AddScoped<SendBooking>();
}
