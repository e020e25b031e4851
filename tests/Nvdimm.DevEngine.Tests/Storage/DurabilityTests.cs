using System.Diagnostics;
using System.Net;
using System.Text;
using System.Xml.Linq;

namespace Nvdimm.DevEngine.Tests.Storage;

/// <summary>The real program, killed while it works.</summary>
public sealed class DurabilityTests
{
    private const int Kills = 8;
    private const int ChangesAtMost = 40;

    [Test]
    [CancelAfter(600_000)]
    public async Task Kill_AtAnyMoment_LosesNothingAcknowledged(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new List<string>();
        var attached = false;
        for (var round = 0; round < Kills; round++)
        {
            using var engine = await RunningProgram.StartAsync(folder.PathOf("engine.db"), cancellationToken);
            var tags = (await engine.GetAsync("tags", cancellationToken)).Elements("tag").Select(tag => tag.Element("name")!.Value).ToHashSet(StringComparer.Ordinal);
            Assert.That(acknowledged.Where(tag => !tags.Contains(tag)), Is.Empty, $"after kill {round}");
            var devices = await engine.GetAsync($"vms/{RunningEngine.IdOf("vm1")}/hostdevices", cancellationToken);
            Assert.That(devices.Elements().Any(), Is.EqualTo(attached), $"after kill {round}");

            attached = !attached;
            Assert.That(await engine.SetAttachedAsync(attached, cancellationToken), Is.True);
            engine.KillAfter(changes: 1 + (round * 7 % ChangesAtMost));
            for (var change = 0; change < ChangesAtMost && await engine.AddTagAsync($"tag-{round}-{change}", cancellationToken); change++)
            {
                acknowledged.Add($"tag-{round}-{change}");
            }
        }

        Assert.That(acknowledged, Has.Count.GreaterThan(Kills));
    }

    /// <summary>The engine as a process of its own.</summary>
    private sealed class RunningProgram : IDisposable
    {
        private readonly Process process;
        private readonly HttpClient client;
        private int changes;
        private int killAfter = int.MaxValue;

        private RunningProgram(Process process, Uri url)
        {
            this.process = process;
            client = new HttpClient { BaseAddress = url };
            client.DefaultRequestHeaders.Authorization = RunningEngine.Basic(RunningEngine.Admin, RunningEngine.Password);
        }

        public static async Task<RunningProgram> StartAsync(string database, CancellationToken cancellationToken)
        {
            var program = Path.Combine(AppContext.BaseDirectory, "Nvdimm.DevEngine.dll");
            var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--database", database]) { RedirectStandardOutput = true, UseShellExecute = false };
            start.Environment["DEVENGINE_PASSWORD"] = RunningEngine.Password;
            var started = Process.Start(start)!;
            return new RunningProgram(started, await ProgramOutput.ApiAsync(started, cancellationToken));
        }

        /// <summary>Lets the process be killed while a change is under way.</summary>
        public void KillAfter(int changes) => killAfter = changes;

        public async Task<XElement> GetAsync(string path, CancellationToken cancellationToken) =>
            XElement.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken));

        public async Task<bool> SetAttachedAsync(bool isAttached, CancellationToken cancellationToken)
        {
            var devices = new Uri($"vms/{RunningEngine.IdOf("vm1")}/hostdevices", UriKind.Relative);
            using var answer = isAttached
                ? await client.PostAsync(devices, Xml("<host_device><name>namespace6.1</name></host_device>"), cancellationToken)
                : await client.DeleteAsync(new Uri($"{devices}/6e616d657370616365362e31", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }

        /// <summary>Whether the tag was acknowledged.</summary>
        public async Task<bool> AddTagAsync(string name, CancellationToken cancellationToken)
        {
            var sent = client.PostAsync(new Uri("tags", UriKind.Relative), Xml($"<tag><name>{name}</name></tag>"), cancellationToken);
            if (++changes == killAfter)
            {
                process.Kill();
            }

            try
            {
                using var answer = await sent;
                return answer.StatusCode == HttpStatusCode.Created;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            client.Dispose();
        }

        private static StringContent Xml(string xml) => new(xml, Encoding.UTF8, "application/xml");
    }
}
