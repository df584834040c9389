using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SelfService.Core.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WaitingList : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "WaitingEntries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TicketId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Service = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    PlaceName = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    FirstDay = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    LastDay = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Seats = table.Column<int>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    CustomerZone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    JoinedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    OfferStart = table.Column<DateTime>(type: "TEXT", nullable: true),
                    OfferUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    OfferSessionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OfferResources = table.Column<string>(type: "TEXT", nullable: false),
                    Passed = table.Column<string>(type: "TEXT", nullable: false),
                    Lapses = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WaitingEntries", x => x.Id);
                    table.CheckConstraint("CK_WaitingEntries_Offer", "(\"OfferStart\" IS NOT NULL) = (\"Status\" = 'Offered') AND (\"OfferUntil\" IS NOT NULL) = (\"Status\" = 'Offered') AND \"Seats\" > 0");
                    table.ForeignKey(
                        name: "FK_WaitingEntries_Tickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "Tickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_WaitingEntries_Status_JoinedAt",
                table: "WaitingEntries",
                columns: new[] { "Status", "JoinedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_WaitingEntries_TicketId",
                table: "WaitingEntries",
                column: "TicketId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "WaitingEntries");
        }
    }
}
