using System.Diagnostics;
using System.Text;

namespace Nvdimm.Hook.Tests;

/// <summary>
/// VDSM's way with hooks, written from its behaviour (VDSM 4.5, <c>lib/vdsm/common/hooks.py</c>, <c>_runHooksDir</c>): executables of the
/// point's folder by path; one file for all, made by mkstemp; the environment plus the custom properties, <c>vmId</c>, <c>PYTHONPATH</c> and
/// the file; 2 stops, every other failure goes on; the file is read back and removed.
/// </summary>
internal sealed class Vdsm(HookHost host)
{
    public string Hooks => Path.Combine(host.Root, "usr", "libexec", "vdsm", "hooks");

    /// <summary>The custom properties of the VM.</summary>
    public Dictionary<string, string> Custom { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the temporary file is made.</summary>
    public string Temporary { get; set; } = Directory.CreateDirectory(Path.Combine(host.Root, "tmp")).FullName;

    /// <summary>What is done with the file before the hooks run.</summary>
    public Action<string>? Prepare { get; set; }

    /// <summary>Installs the native program, or another one, at a point.</summary>
    public string Install(string point, string name = "50_nvdimm", string? program = null)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Hooks, point)).FullName, name);
        if (program is null)
        {
            File.CreateSymbolicLink(path, NativeHook.Require());
        }
        else
        {
            File.WriteAllText(path, program);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>Runs a point.</summary>
    /// <returns>What VDSM reads back, the messages of the scripts that failed, and their statuses.</returns>
    public (byte[] Data, List<string> Errors, List<int> Statuses) Run(string point, string? data, bool isJson = false)
    {
        var scripts = Directory.GetFiles(Path.Combine(Hooks, point))
            .Where(file => File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute))
            .Order(StringComparer.Ordinal)
            .ToList();
        var file = Path.Combine(Temporary, $"tmp{Guid.NewGuid():N}");
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(data ?? ""));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Prepare?.Invoke(file);
        var errors = new List<string>();
        var statuses = new List<int>();
        try
        {
            foreach (var script in scripts)
            {
                var (status, error) = Start(script, file, isJson);
                statuses.Add(status);
                if (status != 0)
                {
                    errors.Add(error);
                }

                if (status == 2)
                {
                    break;
                }
            }

            return (File.ReadAllBytes(file), errors, statuses);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The start of a script.</summary>
    public ProcessStartInfo StartInfo(string script, string file, bool isJson)
    {
        var start = new ProcessStartInfo(script) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (key, value) in Custom)
        {
            start.Environment[key] = value;
        }

        start.Environment["vmId"] = host.Environment["vmId"];
        start.Environment["PYTHONPATH"] = ":/usr/lib/python3.9/site-packages/vdsm/hook";
        start.Environment[isJson ? "_hook_json" : "_hook_domxml"] = file;
        return start;
    }

    private (int Status, string Error) Start(string script, string file, bool isJson)
    {
        using var process = Process.Start(StartInfo(script, file, isJson))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        Assert.That(process.WaitForExit(TimeSpan.FromSeconds(60)), Is.True, "VDSM sets no limit; a minute is one");
        Assert.That(output.GetAwaiter().GetResult(), Is.Empty);
        return (process.ExitCode, error);
    }
}
