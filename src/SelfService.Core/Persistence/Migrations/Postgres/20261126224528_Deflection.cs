using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SelfService.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Deflection : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<Guid>(
                name: "VisitorId",
                table: "VisitSteps",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<int>(
                name: "Hits",
                table: "VisitSteps",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ArticleDays",
                columns: table => new
                {
                    Day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    WindowHours = table.Column<int>(type: "integer", nullable: false),
                    Slug = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    Views = table.Column<int>(type: "integer", nullable: false),
                    Engaged = table.Column<int>(type: "integer", nullable: false),
                    Confirmed = table.Column<int>(type: "integer", nullable: false),
                    Potential = table.Column<int>(type: "integer", nullable: false),
                    Contact = table.Column<int>(type: "integer", nullable: false),
                    Abandoned = table.Column<int>(type: "integer", nullable: false),
                    Unknown = table.Column<int>(type: "integer", nullable: false),
                    AfterContact = table.Column<int>(type: "integer", nullable: false),
                    Linked = table.Column<int>(type: "integer", nullable: false),
                    Visitors = table.Column<int>(type: "integer", nullable: false),
                    ContactSquared = table.Column<int>(type: "integer", nullable: false),
                    CountedSquared = table.Column<int>(type: "integer", nullable: false),
                    Products = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ArticleDays", x => new { x.Day, x.WindowHours, x.Slug });
                });

            migrationBuilder.CreateTable(
                name: "ClosedDays",
                columns: table => new
                {
                    Day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    WindowHours = table.Column<int>(type: "integer", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosedDays", x => new { x.Day, x.WindowHours });
                });

            migrationBuilder.CreateTable(
                name: "VisitorLinks",
                columns: table => new
                {
                    VisitorId = table.Column<Guid>(type: "uuid", nullable: false),
                    CustomerId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VisitorLinks", x => new { x.VisitorId, x.CustomerId });
                    table.ForeignKey(
                        name: "FK_VisitorLinks_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ArticleDays_Slug_Day",
                table: "ArticleDays",
                columns: new[] { "Slug", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_VisitorLinks_At",
                table: "VisitorLinks",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_VisitorLinks_CustomerId",
                table: "VisitorLinks",
                column: "CustomerId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ArticleDays");

            migrationBuilder.DropTable(
                name: "ClosedDays");

            migrationBuilder.DropTable(
                name: "VisitorLinks");

            migrationBuilder.DropColumn(
                name: "Hits",
                table: "VisitSteps");

            migrationBuilder.AlterColumn<Guid>(
                name: "VisitorId",
                table: "VisitSteps",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);
        }
    }
}
