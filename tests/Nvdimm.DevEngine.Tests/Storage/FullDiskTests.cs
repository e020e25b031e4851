using Microsoft.Extensions.DependencyInjection;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Tests.Storage;

/// <summary>A database that takes no more: SQLite's own limit of pages gives the error of a full disk.</summary>
public sealed class FullDiskTests : EngineTests
{
    [Test]
    public async Task Change_OnAFullDisk_IsAFaultWithItsReason()
    {
        var database = Engine.App.Services.GetRequiredService<EngineDatabase>();
        database.Write(session => session.Scalar<long>($"PRAGMA max_page_count = {session.Scalar<long>("PRAGMA page_count")}"));
        var xml = $"<tag><name>t</name><description>{new string('x', 4000)}</description></tag>";
        var status = 201;
        for (var tag = 0; status == 201 && tag < 1000; tag++)
        {
            var (answered, body, _) = await Engine.SendAsync(HttpMethod.Post, "tags", xml.Replace("<name>t", $"<name>t{tag}", StringComparison.Ordinal));
            status = answered;
            if (status != 201)
            {
                Assert.That((status, body.Name.LocalName), Is.EqualTo((500, "fault")));
                Assert.That(body.Element("detail")!.Value, Does.Contain("database or disk is full"));
            }
        }

        Assert.That(status, Is.EqualTo(500));
        Assert.That((await Engine.GetXmlAsync("vms")).HasElements, Is.True, "reading goes on");
    }
}
