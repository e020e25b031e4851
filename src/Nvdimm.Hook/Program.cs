using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Hook;
using Nvdimm.Hook.Files;
using Nvdimm.Hook.Output;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

Invocation invocation;
try
{
    invocation = Invocation.OfThisProcess(args);
}
catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
{
    _ = Write(2, $"nvdimm-hook: {unread.Message}");
    return Invocation.StatusWhereUnread(args);
}

if (Usage.Answer(invocation) is { } answer)
{
    return Write(answer.IsError ? 2 : 1, answer.Text) || answer.IsError ? answer.Status : ExitStatus.Failed;
}

// libvirt's hook inherits the environment of libvirt's daemon, which says nothing about a VM.
var file = Environment.GetEnvironmentVariable(invocation.Point == "after_hostdev_list_by_caps" ? "_hook_json" : "_hook_domxml");
var context = invocation.Libvirt is null
    ? new HookContext(invocation, new PayloadFile(file), Environment.GetEnvironmentVariable, TimeProvider.System)
    : new HookContext(invocation, new StandardInput(OpenStandardInput), static _ => null, TimeProvider.System);
return HookRun.Run(context, (line, isError) =>
{
    _ = Write(2, line);
    if (!context.HasConfiguration || context.Configuration.IsJournalled)
    {
        _ = Journal.Send(Path.Combine(invocation.Root, Journal.Socket[1..]), line, invocation.Point!, isError);
    }
});

// Opened without Console, for the reason given below.
static Stream OpenStandardInput() => new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

// Returns whether the text was written. Standard error may be closed or full; that is no reason to fail, because the exit status says the
// same.
// Written without Console, which starts a thread that waits for signals.
static bool Write(int descriptor, string text)
{
    ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes($"{text}\n");
    while (!rest.IsEmpty)
    {
        var written = LinuxCalls.Write(descriptor, rest, (nuint)rest.Length);
        if (written < 0 && Marshal.GetLastPInvokeError() != Errno.Interrupted)
        {
            return false;
        }

        rest = rest[(int)Math.Max(written, 0)..];
    }

    return true;
}
