"""An RTSP server for a test: PORT FILE USER PASSWORD. Serves the file's H.264 and AAC at /live, with basic authentication."""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

port, file, user, password = sys.argv[1:]
Gst.init(None)
server = GstRtspServer.RTSPServer.new()
server.set_address("127.0.0.1")
server.set_service(port)
factory = GstRtspServer.RTSPMediaFactory.new()
factory.set_launch(
    f"( filesrc location={file} ! qtdemux name=d"
    " d.video_0 ! queue ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1"
    " d.audio_0 ! queue ! rtpmp4gpay name=pay1 pt=97 )"
)
auth = GstRtspServer.RTSPAuth.new()
token = GstRtspServer.RTSPToken.new()
token.set_string("media.factory.role", "user")
auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
server.set_auth(auth)
factory.add_role_from_structure(Gst.Structure.from_string("user, media.factory.access=true, media.factory.construct=true")[0])
server.get_mount_points().add_factory("/live", factory)
server.attach(None)
GLib.MainLoop().run()
